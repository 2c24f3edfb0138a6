import Core

/// Runs as Markdown: results, paired differences, the heat map of skills.
public struct RunMarkdown: Sendable {
    public let text: String

    /// - Parameter command: the command that makes the same again.
    public init(_ records: [RunRecord], command: String) {
        var parts = [Self.results(records)]
        let pairs = RunPairs(records)
        if !pairs.comparisons.isEmpty {
            parts.append(
                Self.table(
                    ["first", "second", "both", "only first", "only second", "neither", "difference", "p"],
                    pairs.comparisons.map { pair in
                        [
                            pair.first, pair.second, "\(pair.bothRight)", "\(pair.onlyFirst)", "\(pair.onlySecond)",
                            "\(pair.neither)", Self.difference(pair), Numerals.decimals(pair.chance, 3),
                        ]
                    }))
        }
        let heat = SkillHeat(records)
        if !heat.isEmpty {
            parts.append(
                Self.table(
                    ["skill"] + heat.experts.map(\.rawValue),
                    heat.skills.map { skill in
                        [skill.rawValue]
                            + heat.experts.map { expert in
                                let cell = heat[skill, expert]
                                return cell.count == 0 ? "–" : "\(cell.right)/\(cell.count)"
                            }
                    }))
        }
        parts.append("    \(command)")
        text = parts.joined(separator: "\n\n") + "\n"
    }

    private static func results(_ records: [RunRecord]) -> String {
        table(
            [
                "run", "suite", "strategy", "questions", "strict %", "flexible %", "wrong", "cut", "empty", "refused",
                "failed", "calls", "tokens in/out", "seconds", "loads", "$",
            ],
            records.map { record in
                let report = record.report
                return [
                    report.id + (report.state == .finished ? "" : " (stopped)"), report.suite, report.strategy,
                    "\(report.questions)", RunTable.share(report.strict), RunTable.share(report.flexible),
                    "\(report.wrong)", "\(report.cut)", "\(report.empty)", "\(report.refused)", "\(report.failed)",
                    "\(report.calls)", "\(report.promptTokens)/\(report.completionTokens)",
                    Numerals.decimals(report.seconds, 1), "\(report.visits.reduce(0) { $0 + $1.count })",
                    Numerals.decimals(report.dollars, 5),
                ]
            })
    }

    static func difference(_ pair: RunComparison) -> String {
        let range = pair.interval.map {
            " [\(Numerals.signedPoints($0.low)) … \(Numerals.signedPoints($0.high))]"
        }
        return Numerals.signedPoints(pair.difference) + (range ?? "")
    }

    private static func table(_ head: [String], _ rows: [[String]]) -> String {
        let cell = { (text: String) in
            SafeText.clean(text, most: 200).replacing("|", with: "\\|").replacing("\n", with: " ")
        }
        let line = { (cells: [String]) in "| " + cells.map(cell).joined(separator: " | ") + " |" }
        return ([line(head), "|" + head.map { _ in " --- |" }.joined()] + rows.map(line)).joined(separator: "\n")
    }
}

/// Every two runs that can be compared, in order.
struct RunPairs {
    let comparisons: [RunComparison]

    init(_ records: [RunRecord]) {
        comparisons = records.indices.flatMap { first in
            records.indices.filter { $0 > first }.compactMap { second in
                try? RunComparison(records[first], records[second])
            }
        }
    }
}
