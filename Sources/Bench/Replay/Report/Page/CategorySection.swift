/// How every strategy does on each true category, beside the best single expert and the oracle.
struct CategorySection {
    /// With more categories only those of the most questions are shown.
    private static let most = 60

    let report: ReplayReport

    /// The best number of seats of each strategy.
    private var chosen: [ReplayReport.StrategyResult] {
        var chosen: [ReplayReport.StrategyResult] = []
        for result in report.ranked where !chosen.contains(where: { $0.strategy == result.strategy }) {
            chosen.append(result)
        }
        return chosen.filter { $0.strategy != "oracle" }
    }

    var markup: Markup {
        guard let first = chosen.first, first.categories.count > 1 else { return "" }
        let shown = Set(
            first.categories.sorted { ($1.questions, $0.category) < ($0.questions, $1.category) }.prefix(Self.most)
                .map(\.category))
        let places = first.categories.indices.filter { shown.contains(first.categories[$0].category) }
        let heads = chosen.map { result -> Markup in
            "<th scope=\"col\" class=\"v\"><span class=\"turn\">\(result.strategy, most: 24) × \(result.seats)</span></th>"
        }
        let rows = places.map { place -> Markup in
            let own = first.categories[place]
            let cells = chosen.map { result -> Markup in
                guard place < result.categories.count else { return "<td></td>" }
                return cell(result.categories[place])
            }
            return """
                <tr><th scope="row" class="l">\(own.category, most: 60)</th><td class="soft">\
                \(Numerals.count(Double(own.questions)))</td><td>\(Numerals.points(own.bestSingle))</td>\(cells)\
                <td class="soft">\(Numerals.points(own.oracle))</td></tr>

                """
        }
        return """
            <section><h2>By category</h2>
            <p class="note">Accuracy in per cent with each strategy’s best number of seats. Green is above the best \
            single expert in that category, red below; full colour is ten points.</p>
            <div class="wide"><table class="heat"><thead><tr><th class="l">category</th><th>questions</th>\
            <th class="v"><span class="turn">best single</span></th>\(heads)\
            <th class="v"><span class="turn">oracle</span></th></tr></thead><tbody>
            \(rows)</tbody></table></div></section>
            """
    }

    private func cell(_ result: ReplayReport.CategoryResult) -> Markup {
        let lead = result.accuracy - result.bestSingle
        let depth = min(abs(lead) / 0.1, 1) * 0.55
        let colour: Markup = lead >= 0 ? "var(--good-rgb)" : "var(--bad-rgb)"
        return "<td style=\"background:rgba(\(colour),\(depth))\">\(Numerals.points(result.accuracy))</td>"
    }
}
