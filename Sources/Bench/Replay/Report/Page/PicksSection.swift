/// Whom each strategy seats: one bar a row, a colour for each of the experts that are seated most.
struct PicksSection {
    private static let width = 420.0
    private static let coloured = 8

    let report: ReplayReport

    /// The experts of the most seats over all rows.
    private var frequent: [String] {
        var shares: [String: Double] = [:]
        for result in report.results where !result.isYardstick {
            for (expert, share) in result.picks { shares[expert, default: 0] += share }
        }
        return shares.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }.prefix(Self.coloured).map(\.key)
    }

    var markup: Markup {
        let frequent = frequent
        guard !frequent.isEmpty else { return "" }
        var table = PageTable([
            .init("strategy", "l w b"), .init("seats"), .init("share of seats", "i"), .init("seated most", "s"),
        ])
        for result in report.ranked {
            let picks = result.picks.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }
            let most = picks.prefix(2).map { "\(SafeText.clean($0.key, most: 40)) \(Numerals.percent($0.value))" }
            table.add(
                [
                    "\(result.strategy, most: 80)", "\(result.seats)", bar(result.picks, frequent),
                    "\(most.joined(separator: ", "))",
                ], style: result.isYardstick ? "y" : "")
        }
        let key = frequent.enumerated().map { place, name -> Markup in
            "<li><i style=\"background:var(--c\(place))\"></i>\(name, most: 60)</li>"
        }
        return """
            <section><h2>Who is asked</h2>
            \(table.markup)<ul class="key">\(key)<li><i style="background:var(--c8)"></i>all others</li></ul></section>
            """
    }

    private func bar(_ picks: [String: Double], _ frequent: [String]) -> Markup {
        var start = 0.0
        var pieces: [Markup] = []
        let others = max(0, 1 - frequent.reduce(0) { $0 + (picks[$1] ?? 0) })
        let shares = frequent.map { ($0, picks[$0] ?? 0) } + [("all others", others)]
        for (place, (name, share)) in shares.enumerated() where share > 0.0005 {
            pieces.append(
                """
                <rect x="\(start * Self.width)" width="\(max(share * Self.width - 0.8, 0.6))" height="14" \
                fill="var(--c\(place))" opacity=".88"><title>\(name): \(Numerals.percent(share))</title></rect>
                """)
            start += share
        }
        return "<svg width=\"\(Self.width)\" height=\"14\" role=\"img\" aria-label=\"shares of seats\">\(pieces)</svg>"
    }
}
