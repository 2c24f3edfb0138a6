import Bench
import Core

/// A plan as people read it.
struct PlanText {
    let plan: RunPlan

    var lines: [String] {
        var lines: [String] = []
        if let need = plan.need {
            lines.append(
                "needs      " + (need.skills.isEmpty ? "no known skill" : Self.list(need.skills.map(\.rawValue))))
        } else {
            let skills = plan.skills.prefix(8).map { "\($0.skill) \($0.questions)" }
            lines.append("needs      " + (skills.isEmpty ? "no known skill" : Self.list(skills)) + without)
        }
        if let recruitment = plan.recruitment {
            if !recruitment.suitabilities.isEmpty {
                lines.append(
                    "suitable   "
                        + Self.list(
                            recruitment.suitabilities.prefix(6).map {
                                "\($0.expert) \(($0.probability * 100).decimals(0)) %"
                            }))
            }
            lines.append("recruited  \(Self.list(recruitment.seats.map(\.expert.rawValue)))   (\(recruitment.reason))")
            lines += recruitment.excluded.map { "set aside  \($0.expert): \($0.because)" }
        }
        var table = TextTable(
            ["expert", "calls", "tokens in", "tokens out", "dollars", "at most", "seconds", "known from"],
            sides: [.left] + Array(repeating: .right, count: 7))
        for share in plan.experts {
            table.add([
                share.expert.rawValue, "\(share.calls)", "\(share.promptTokens)", "\(share.completionTokens)",
                share.dollars.decimals(6), share.mostDollars.decimals(6), share.seconds?.decimals(1) ?? "–",
                share.basis > 0 ? "\(share.basis) answers" : "the limit",
            ])
        }
        lines += table.lines
        let time = plan.seconds.map { ", about \($0.asDuration)" } ?? ""
        lines.append(
            "together   \(plan.calls) calls for \(plan.questions) question\(plan.questions == 1 ? "" : "s") by "
                + "\(plan.strategy), $\(plan.dollars.decimals(6)), at most $\(plan.mostDollars.decimals(6))\(time)")
        lines.append("loads      \(plan.loads) grouped by expert, \(plan.loadsByArrival) question by question")
        lines += plan.changes.map { "changes    \($0)" }
        return lines + plan.notes.map { "note       \($0)" }
    }

    private var without: String {
        plan.withoutSkill > 0 ? "; \(plan.withoutSkill) questions need no known skill" : ""
    }

    private static func list(_ texts: [String]) -> String { texts.joined(separator: ", ") }
}
