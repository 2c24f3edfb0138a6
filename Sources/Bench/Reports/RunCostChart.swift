import Core

/// What accuracy costs: one dot a run, with its interval, over dollars, or over output tokens where nothing cost money.
struct RunCostChart {
    private static let width = 1060.0
    private static let height = 380.0

    let records: [RunRecord]

    init(_ records: [RunRecord]) { self.records = records.filter { $0.report.flexible.of > 0 } }

    var markup: Markup {
        guard records.count > 1 else { return "" }
        let isPaid = records.allSatisfy { $0.report.dollars > 0 }
        let costs = records.map { record in
            let questions = Double(max(1, record.report.questions))
            return (isPaid ? record.report.dollars : Double(record.report.completionTokens)) / questions
        }
        let across = ChartAxis(costs: costs, from: 52, to: Self.width - 12)
        let shares = records.flatMap { [$0.report.flexible.low, $0.report.flexible.high] }
        let up = ChartAxis(even: shares, from: Self.height - 46, to: 14)
        var labels = LabelPlacing(frame: .init(left: 56, top: 12, right: Self.width - 12, bottom: Self.height - 48))
        for (record, cost) in zip(records, costs) {
            labels.keepFree(across.place(cost), up.place(record.report.flexible.share), radius: 7)
        }
        let lines = up.ticks().map { tick -> Markup in
            let y = up.place(tick)
            return """
                <line class="grid" x1="52" x2="\(Self.width - 12)" y1="\(y)" y2="\(y)"/>\
                <text x="6" y="\(y + 4)">\(Numerals.points(tick))</text>
                """
        }
        let marks = across.ticks().map { tick -> Markup in
            let text = isPaid ? Numerals.dollars(tick) : Numerals.count(tick)
            return "<text x=\"\(across.place(tick) - 14)\" y=\"\(Self.height - 26)\">\(text)</text>"
        }
        let dots = zip(records, costs).enumerated().map { index, pair -> Markup in
            let (share, x) = (pair.0.report.flexible, across.place(pair.1))
            let y = up.place(share.share)
            let name = "\(pair.0.run.suite) \(pair.0.run.strategy)"
            let label: Markup =
                labels.place(name, near: x, y, radius: 7).map { place -> Markup in
                    "<text class=\"ink\" x=\"\(place.x)\" y=\"\(place.y + 4)\">\(name, most: 60)</text>"
                } ?? ""
            return """
                <line stroke="var(--c\(index % 8))" x1="\(x)" x2="\(x)" y1="\(up.place(share.low))" \
                y2="\(up.place(share.high))"/><circle cx="\(x)" cy="\(y)" r="6" fill="var(--c\(index % 8))"/>\(label)
                """
        }
        return """
            <section><h2>What accuracy costs</h2><figure><div class="wide">
            <svg viewBox="0 0 \(Self.width) \(Self.height)" role="img" aria-label="Accuracy over cost of every run">
            \(lines)\(marks)\(dots)</svg></div>
            <figcaption>Right answers in per cent, with 95 % intervals, over \
            \(isPaid ? "dollars" : "tokens written") a question.</figcaption></figure></section>
            """
    }
}
