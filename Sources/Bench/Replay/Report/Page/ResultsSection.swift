/// The table of results: each strategy with each number of seats, its interval drawn beside its numbers.
struct ResultsSection {
    private static let width = 190.0
    private static let height = 22.0

    let report: ReplayReport

    var markup: Markup {
        """
        <section><h2>Results</h2>
        <p class="note">Bars are 95 % bootstrap intervals over questions; the upright line is the best single expert. A \
        gain is coloured only if its paired interval leaves out zero. Rows in italics see what no router may see.</p>
        \(main.markup)
        <details><summary>More measures</summary>\(more.markup)</details></section>
        """
    }

    private var main: PageTable {
        let ranked = report.ranked
        let hasDollars = ranked.contains { $0.usdPerQuestion != nil }
        let hasParameters = ranked.contains { $0.activeParameters != nil }
        let axis = ChartAxis(
            even: ranked.flatMap { [$0.interval.low, $0.interval.high] } + [report.bestSingle.accuracy], from: 4,
            to: Self.width - 4)
        var columns: [PageTable.Column] = [
            .init("strategy", "l w b"), .init("seats"), .init("accuracy"), .init(scale(axis), "i"),
            .init("gain over<br>best single"), .init("95 % interval"), .init("calls"),
        ]
        if hasDollars { columns.append(.init("$ / question")) }
        if hasParameters { columns.append(.init("active B")) }
        columns.append(.init("gap to oracle<br>closed"))
        var table = PageTable(columns)
        for result in ranked {
            var cells: [Markup] = [
                "\(result.strategy, most: 80)", "\(result.seats)", "\(Numerals.percent(result.accuracy))",
                interval(result, axis), gain(result),
                """
                <span class="soft">\(Numerals.signedPoints(result.gainInterval.low)) to \
                \(Numerals.signedPoints(result.gainInterval.high))</span>
                """,
                "\(Numerals.decimals(result.callsPerQuestion, 2))",
            ]
            if hasDollars { cells.append("\(result.usdPerQuestion.map(Numerals.dollars) ?? "–")") }
            if hasParameters { cells.append("\(result.activeParameters.map { Numerals.decimals($0, 1) } ?? "–")") }
            cells.append("\(result.oracleGapClosed.map(Numerals.percent) ?? "–")")
            table.add(cells, style: result.isYardstick ? "y" : "")
        }
        return table
    }

    private var more: PageTable {
        var table = PageTable([
            .init("strategy", "l w b"), .init("seats"), .init("aggregation", "l"), .init("V<sub>B</sub>"),
            .init("entropy of picks<br>bits"), .init("learning<br>seconds"), .init("decision<br>milliseconds"),
        ])
        for result in report.ranked {
            table.add(
                [
                    "\(result.strategy, most: 80)", "\(result.seats)",
                    result.seats > 1 ? "\(result.aggregation, most: 40)" : "<span class=\"faint\">–</span>",
                    "\(result.relativeToBest.map { Numerals.decimals($0, 3) } ?? "–")",
                    "\(Numerals.decimals(result.pickEntropy, 2))", "\(Numerals.decimals(result.trainingSeconds, 1))",
                    "\(Numerals.decimals(result.decisionMilliseconds, 2))",
                ], style: result.isYardstick ? "y" : "")
        }
        return table
    }

    private func gain(_ result: ReplayReport.StrategyResult) -> Markup {
        let gain = Numerals.signedPoints(result.gain)
        if result.gainInterval.isAboveZero { return "<b class=\"up\">\(gain)</b>" }
        return result.gainInterval.high < 0 ? "<span class=\"down\">\(gain)</span>" : "\(gain)"
    }

    /// The scale above the drawn intervals: a few round percentages.
    private func scale(_ axis: ChartAxis) -> Markup {
        let ticks = axis.ticks(about: 4).map { tick -> Markup in
            let x = min(max(axis.place(tick), 14), Self.width - 16)
            return "<text x=\"\(x)\" y=\"11\" text-anchor=\"middle\">\(Numerals.decimals(100 * tick, 0)) %</text>"
        }
        return "<svg width=\"\(Self.width)\" height=\"14\" aria-hidden=\"true\">\(ticks)</svg>"
    }

    private func interval(_ result: ReplayReport.StrategyResult, _ axis: ChartAxis) -> Markup {
        let middle = Self.height / 2
        let single = axis.place(report.bestSingle.accuracy)
        let low = axis.place(result.interval.low)
        let high = axis.place(result.interval.high)
        let colour: Markup =
            result.isYardstick
            ? "var(--faint)"
            : result.gainInterval.isAboveZero
                ? "var(--good)" : result.gainInterval.high < 0 ? "var(--bad)" : "var(--soft)"
        return """
            <svg width="\(Self.width)" height="\(Self.height)" role="img" aria-label="\
            \(Numerals.percent(result.interval.low)) to \(Numerals.percent(result.interval.high))">\
            <path class="mark" d="M\(single) 0V\(Self.height)"/>\
            <rect x="\(low)" y="\(middle - 3)" width="\(max(high - low, 1))" height="6" rx="3" fill="\(colour)" \
            opacity=".32"/><circle cx="\(axis.place(result.accuracy))" cy="\(middle)" r="3.6" fill="\(colour)"/></svg>
            """
    }
}
