/// A replay as a table for a terminal: one line a strategy and number of seats, then the yardsticks and the verdict.
public struct ReplayText: Sendable {
    /// The whole text, ending in a line break.
    public let text: String

    public init(_ report: ReplayReport) {
        let ranked = report.ranked
        let hasDollars = ranked.contains { $0.usdPerQuestion != nil }
        let hasParameters = ranked.contains { $0.activeParameters != nil }
        var head = ["strategy", "seats", "accuracy %", "gain over best single", "calls"]
        if hasDollars { head.append("$ / question") }
        if hasParameters { head.append("active B") }
        head.append("gap closed")
        let rows = ranked.map { result in
            var row = [
                SafeText.clean(result.strategy, most: 32) + (result.isYardstick ? " *" : ""), String(result.seats),
                "\(Numerals.points(result.accuracy)) [\(Self.ends(of: result.interval, Numerals.points))]",
                "\(Numerals.signedPoints(result.gain)) [\(Self.ends(of: result.gainInterval, Numerals.signedPoints))]",
                Numerals.decimals(result.callsPerQuestion, 2),
            ]
            if hasDollars { row.append(result.usdPerQuestion.map(Numerals.dollars) ?? "–") }
            if hasParameters { row.append(result.activeParameters.map { Numerals.decimals($0, 1) } ?? "–") }
            row.append(result.oracleGapClosed.map(Numerals.percent) ?? "–")
            return row
        }
        var lines = Self.aligned([head] + rows)
        if ranked.contains(where: { $0.isYardstick }) {
            lines.append("* a yardstick: it sees what no router may see")
        }
        lines += Self.strongWeak(of: report)
        text = (lines + ["", Self.yardsticks(of: report), "", report.verdict]).joined(separator: "\n") + "\n"
    }

    /// Where two experts compete: how much of the stronger one's advantage is kept at how few of its calls.
    private static func strongWeak(of report: ReplayReport) -> [String] {
        let measured = report.results.compactMap { result in
            result.strongWeak.map { (name: SafeText.clean(result.strategy, most: 32), found: $0) }
        }.sorted { $0.found.apgr > $1.found.apgr }
        guard let optimal = measured.first?.found else { return [] }
        let share = { (value: Double?) in value.map { Numerals.decimals($0, 3) } ?? "–" }
        let rows = measured.map { name, found in
            [name, Numerals.decimals(found.apgr, 3), share(found.cpt20), share(found.cpt50), share(found.cpt80)]
        }
        let best = [
            "every outcome known", Numerals.decimals(optimal.optimalApgr, 3), "–", share(optimal.optimalCpt50), "–",
        ]
        return [""]
            + aligned(
                [["who gets \(SafeText.clean(optimal.strong, most: 40))", "APGR", "CPT20", "CPT50", "CPT80"]] + rows + [
                    best
                ])
    }

    private static func ends(of interval: Interval, _ written: (Double) -> String) -> String {
        "\(written(interval.low)), \(written(interval.high))"
    }

    private static func yardsticks(of report: ReplayReport) -> String {
        var marks = [
            "one by lot \(Numerals.percent(report.random))",
            "best single \(Numerals.percent(report.bestSingle.accuracy)) "
                + "(\(SafeText.clean(report.bestSingle.expert, most: 60)))",
        ]
        if let best = report.bestPerCategory { marks.append("best per true category \(Numerals.percent(best))") }
        marks.append("oracle \(Numerals.percent(report.oracle))")
        return "\(Numerals.count(Double(report.questions))) questions, \(report.experts) experts: "
            + marks.joined(separator: " · ")
    }

    /// Names to the left, everything else to the right, two blanks between columns.
    private static func aligned(_ rows: [[String]]) -> [String] {
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { column, text in
                let blanks = String(repeating: " ", count: widths[column] - text.count)
                return column == 0 ? text + blanks : blanks + text
            }.joined(separator: "  ")
        }
    }
}
