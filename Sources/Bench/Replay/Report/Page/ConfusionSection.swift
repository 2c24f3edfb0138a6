/// Which category each strategy took a question for, true categories down, guessed ones across.
struct ConfusionSection {
    /// A larger square could not be read.
    private static let most = 60

    let report: ReplayReport

    var markup: Markup {
        var seen: Set<String> = []
        let guessing = report.ranked.filter { result in
            guard let confusion = result.confusion, confusion.categories.count <= Self.most else { return false }
            return confusion.counts.count == confusion.categories.count * confusion.categories.count
                && seen.insert(result.strategy).inserted
        }
        guard !guessing.isEmpty else { return "" }
        let squares = guessing.enumerated().map { place, result -> Markup in
            guard let confusion = result.confusion else { return "" }
            return """
                <details\(place == 0 ? " open" as Markup : "")><summary>\(result.strategy, most: 80): \
                \(Numerals.percent(Self.agreement(of: confusion))) of the questions taken for what they are</summary>
                \(square(confusion))</details>
                """
        }
        return """
            <section><h2>Confusion of categories</h2>
            <p class="note">Rows are true categories, columns what the question was taken for, in per cent of the \
            row. The diagonal is right.</p>
            \(squares)</section>
            """
    }

    private static func agreement(of confusion: ReplayReport.Confusion) -> Double {
        let size = confusion.categories.count
        let all = confusion.counts.reduce(0, +)
        let right = (0..<size).reduce(0) { $0 + confusion.counts[$1 * size + $1] }
        return all > 0 ? Double(right) / Double(all) : 0
    }

    private func square(_ confusion: ReplayReport.Confusion) -> Markup {
        let size = confusion.categories.count
        let order = confusion.categories.indices.sorted { confusion.categories[$0] < confusion.categories[$1] }
        let heads = order.map { place -> Markup in
            "<th scope=\"col\" class=\"v\"><span class=\"turn\">\(confusion.categories[place], most: 28)</span></th>"
        }
        let rows = order.map { truth -> Markup in
            let row = confusion.counts[truth * size..<(truth + 1) * size]
            let all = row.reduce(0, +)
            let cells = order.map { guess -> Markup in
                let share = all > 0 ? Double(confusion.counts[truth * size + guess]) / Double(all) : 0
                return cell(share, isRight: truth == guess)
            }
            return """
                <tr><th scope="row" class="l">\(confusion.categories[truth], most: 28)</th>\(cells)<td class="soft">\
                \(Numerals.count(Double(all)))</td></tr>

                """
        }
        return """
            <div class="wide"><table class="heat tight"><thead><tr><th class="l"></th>\(heads)\
            <th class="v"><span class="turn">questions</span></th></tr></thead><tbody>
            \(rows)</tbody></table></div>
            """
    }

    private func cell(_ share: Double, isRight: Bool) -> Markup {
        let colour: Markup = isRight ? "var(--heat-rgb)" : "var(--bad-rgb)"
        let depth = share.squareRoot() * 0.6
        let text: Markup = share < 0.005 ? "" : "\(Numerals.decimals(100 * share, 0))"
        return "<td style=\"background:rgba(\(colour),\(depth))\">\(text)</td>"
    }
}
