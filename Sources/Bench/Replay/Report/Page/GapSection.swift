/// Why each strategy stays short of the oracle, and whether somebody simpler would have won what it lost.
struct GapSection {
    private static let width = 240.0

    let report: ReplayReport

    var markup: Markup {
        guard !report.gap.isEmpty else { return "" }
        return """
            <section><h2>The way to the oracle</h2>
            <p class="note">Points of accuracy between a strategy and the oracle, taken apart. <b>Category</b>: what \
            always knowing the true category would give back. <b>Calibration</b>: what the true means of everybody on \
            similar questions would give beyond it. <b>Noise</b>: the rest, which nothing of the kind can know. \
            Brier and reliability tell whether the strategy’s expectations can be taken at their word (0 is best).</p>
            \(gaps)
            <details><summary>Regret: would somebody simpler have won what it lost?</summary>
            <p class="note">Per cent of all questions that a strategy lost and somebody else would have won, and the \
            other way round.</p>
            \(regrets)</details></section>
            """
    }

    /// A strategy’s results stand together as in the table of results; yardsticks have no way to go.
    private func row(of strategy: String, _ seats: Int) -> Int {
        report.ranked.firstIndex { $0.strategy == strategy && $0.seats == seats && !$0.isYardstick } ?? .max
    }

    private var gaps: Markup {
        let longest = report.gap.map(\.toOracle).max() ?? 0
        var table = PageTable([
            .init("strategy", "l w b"), .init("seats"), .init("to oracle"), .init("", "i"), .init("category"),
            .init("calibration"), .init("noise"), .init("Brier"), .init("reliability"),
        ])
        let shown = report.gap.filter { row(of: $0.strategy, $0.seats) < .max }
            .sorted { row(of: $0.strategy, $0.seats) < row(of: $1.strategy, $1.seats) }
        for gap in shown {
            table.add([
                "\(gap.strategy, most: 80)", "\(gap.seats)", "\(Numerals.points(gap.toOracle))", bar(gap, longest),
                "\(gap.categoryConfusion.map(Numerals.signedPoints) ?? "–")",
                "\(gap.calibration.map(Numerals.signedPoints) ?? "–")", "\(Numerals.points(gap.noise))",
                "\(gap.brier.map { Numerals.decimals($0, 3) } ?? "–")",
                "\(gap.reliability.map { Numerals.decimals($0, 4) } ?? "–")",
            ])
        }
        let sentence = shown.first.map { gap -> Markup in
            "<p class=\"note\"><b>\(gap.strategy, most: 80) × \(gap.seats)</b>: \(gap.sentence)</p>"
        }
        return """
            <ul class="key"><li><i style="background:var(--c1)"></i>category</li><li><i \
            style="background:var(--c4)"></i>calibration</li><li><i style="background:var(--c8)"></i>noise</li></ul>
            \(table.markup)\(sentence ?? "")
            """
    }

    private func bar(_ gap: ReplayReport.Gap, _ longest: Double) -> Markup {
        let parts: [(Markup, Double)] = [
            ("var(--c1)", gap.categoryConfusion ?? 0), ("var(--c4)", gap.calibration ?? 0), ("var(--c8)", gap.noise),
        ]
        // A negative part is what the strategy has already: the bar is the way that is left.
        let left = parts.map { max(0, $0.1) }
        let scale = longest > 0 ? Self.width / max(longest, left.reduce(0, +)) : 0
        var start = 0.0
        var pieces: [Markup] = []
        for ((colour, _), share) in zip(parts, left) where share > 0 {
            pieces.append(
                """
                <rect x="\(start)" width="\(max(share * scale - 0.8, 0.6))" height="12" fill="\(colour)" opacity=".8"/>
                """)
            start += share * scale
        }
        return "<svg width=\"\(Self.width)\" height=\"12\" aria-hidden=\"true\">\(pieces)</svg>"
    }

    private var regrets: Markup {
        var table = PageTable([
            .init("strategy", "l w b"), .init("seats"), .init("best single<br>was right"),
            .init("one by lot<br>was right"), .init("oracle<br>was right"),
            .init("best single was<br>wrong, this right"),
        ])
        let shown = report.worth.regret.filter { row(of: $0.strategy, $0.seats) < .max }
            .sorted { row(of: $0.strategy, $0.seats) < row(of: $1.strategy, $1.seats) }
        for regret in shown {
            table.add([
                "\(regret.strategy, most: 80)", "\(regret.seats)", "\(Numerals.points(regret.bestSingleWasRight))",
                "\(Numerals.points(regret.randomWasRight))", "\(Numerals.points(regret.oracleWasRight))",
                "\(Numerals.points(regret.bestSingleWasWrong))",
            ])
        }
        return table.markup
    }
}
