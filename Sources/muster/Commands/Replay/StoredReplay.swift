import Bench
import Core
import Pipeline
import Settings
import Store

/// `muster replay --from-store`: what other ways of routing would have earned, told from the service's own traces and the
/// feedback on them.
enum StoredReplay {
    /// Newer traces are read first; older ones beyond these are left out.
    private static let mostTraces = 20_000

    private struct Report: Encodable {
        /// Routed questions with feedback.
        var decisions: Int
        /// Questions with feedback that named their expert themselves; they say nothing of routing.
        var addressed: Int
        var policies: [PolicyFinding]
    }

    /// - Parameters:
    ///   - strategies: entries of `routing:`, bare strategies or `single:<expert>`; every entry for none.
    ///   - seats: in place of those of the entries.
    static func run(
        configuration source: ConfigurationSource, strategies: [String], seats: Int?, json: Bool
    ) async throws {
        try await Assembly.with(source) { assembly in
            let policies = try StoredPolicy.read(
                strategies, seats: seats, among: assembly.settings.routings, experts: assembly.specs.map(\.card.id))
            let judged = try await assembly.store.judgedTraces(limit: mostTraces)
            let replay = FeedbackReplay(
                judged, experts: assembly.specs.map(\.card), profiles: assembly.profiles.snapshot.book,
                routes: assembly.settings.routes)
            let findings = try policies.map { try replay.finding(for: $0) }
            if judged.count == mostTraces { Output.remark("muster: only the latest \(mostTraces) traces were read") }
            if json {
                return try Output.json(
                    Report(decisions: replay.decisions, addressed: replay.addressed, policies: findings))
            }
            show(findings, of: replay)
        }
    }

    private static func show(_ findings: [PolicyFinding], of replay: FeedbackReplay) {
        guard replay.decisions > 0 else {
            return Output.line(
                "There is no feedback on routed questions yet. POST /v1/feedback or muster feedback gives it.")
        }
        let addressed = replay.addressed > 0 ? " (\(replay.addressed) named their expert and are left out)" : ""
        Output.line(
            "\(replay.decisions) routed questions with feedback\(addressed); mean feedback in %, 95 % intervals")
        var table = TextTable(
            ["policy", "covered", "effective", "logged", "inverse propensity", "self-normalised", "doubly robust"],
            sides: [.left] + Array(repeating: .right, count: 6))
        for finding in findings {
            let estimate = finding.estimate
            table.add([
                finding.policy, String(finding.covered), estimate?.effectiveDecisions.decimals(0) ?? "–",
                shown(estimate?.logged), shown(estimate?.inversePropensity), shown(estimate?.selfNormalised),
                shown(estimate?.doublyRobust),
            ])
        }
        Output.lines(table.lines)
        for finding in findings { Output.lines(finding.warnings.map { "\(finding.policy): \($0)" }) }
    }

    /// `73.3 [60.9–82.9]`; a dash where nothing can be said.
    private static func shown(_ estimate: OffPolicyEstimate.Estimate?) -> String {
        guard let estimate else { return "–" }
        let percent = { (value: Double) in (100 * value).decimals(1) }
        return "\(percent(estimate.value)) [\(percent(estimate.interval.low))–\(percent(estimate.interval.high))]"
    }
}
