import Foundation

/// The chart of what accuracy costs: strategies with their seats, single experts, and the line that lots among single
/// experts reach.
struct FrontierChart {
    private static let width = 1060.0
    private static let height = 470.0
    /// More single experts than this are not drawn one by one.
    private static let mostSingles = 400
    private static let dot = 8.0

    let report: ReplayReport
    let costs: ReplayReport.CostQuality
    private let across: ChartAxis
    private let up: ChartAxis

    /// Nil without costs.
    init?(_ report: ReplayReport) {
        guard let costs = report.costQuality else { return nil }
        self.report = report
        self.costs = costs
        let points = costs.routers.flatMap(\.points) + costs.singles
        let accuracies = points.map(\.accuracy)
        let (least, most) = (accuracies.min() ?? 0, accuracies.max() ?? 1)
        // A far oracle would squeeze everything else together: it is told above the chart.
        let isOracleNear = report.oracle - most <= 0.35 * (most - least)
        across = ChartAxis(costs: points.map(\.cost), from: 52, to: Self.width - 12)
        up = ChartAxis(
            even: accuracies + (isOracleNear ? [report.oracle] : []), from: Self.height - 46, to: 14)
    }

    var markup: Markup {
        var labels = LabelPlacing(
            frame: .init(left: 56, top: 12, right: Self.width - 12, bottom: Self.height - 48))
        for point in costs.routers.flatMap(\.points) {
            labels.keepFree(across.place(point.cost), up.place(point.accuracy), radius: Self.dot)
        }
        let marks = yardsticks(&labels)
        let curves = costs.routers.indices.map { curve($0, &labels) }
        return """
            <figure><div class="wide"><svg viewBox="0 0 \(Self.width) \(Self.height)" role="img" \
            aria-label="Accuracy over cost of every strategy and single expert">
            \(frame)\(marks)\(hull)\(singles(&labels))\(curves)</svg></div>
            <figcaption>\(caption)</figcaption></figure>
            """
    }

    /// What the cost axis counts.
    private var unit: String {
        switch costs.unit {
        case .dollars: "dollars a question"
        case .activeParameters: "billions of active parameters a question, all calls together"
        case .calls: "calls a question"
        }
    }

    private var caption: String {
        "Numbers in the dots are seats. Grey dots are single experts; the dashed line is what lots among them reach "
            + "(zero router, AIQ \(Numerals.points(costs.zeroAiq))): only what lies above it is worth routing."
    }

    private func written(_ cost: Double) -> String {
        costs.unit == .dollars ? Numerals.dollars(cost) : Numerals.decimals(cost, cost < 1 ? 2 : cost < 10 ? 1 : 0)
    }

    /// A round cost beside the axis: no digit more than it has.
    private func ticked(_ cost: Double) -> String {
        let places = cost > 0 ? max(0, Int((-log10(cost)).rounded(.up))) : 0
        return (costs.unit == .dollars ? "$" : "") + Numerals.decimals(cost, min(places, 9))
    }

    private var frame: Markup {
        let bottom = Self.height - 46
        let columns = across.ticks(about: 8).map { tick -> Markup in
            let x = across.place(tick)
            return """
                <path class="grid" d="M\(x) 14V\(bottom)"/>\
                <text x="\(x)" y="\(bottom + 18)" text-anchor="middle">\(ticked(tick))</text>
                """
        }
        let rows = up.ticks().map { tick -> Markup in
            let y = up.place(tick)
            return """
                <path class="grid" d="M52 \(y)H\(Self.width - 12)"/>\
                <text x="44" y="\(y + 4)" text-anchor="end">\(Numerals.decimals(100 * tick, 0)) %</text>
                """
        }
        return """
            \(rows)\(columns)<path class="axis" d="M52 \(bottom)H\(Self.width - 12)"/>
            <text x="\(Self.width - 12)" y="\(Self.height - 8)" text-anchor="end">\(unit)</text>
            """
    }

    private func yardsticks(_ labels: inout LabelPlacing) -> [Markup] {
        let marks = [("oracle", report.oracle), ("best single", report.bestSingle.accuracy)]
        return marks.filter { $0.1 <= up.high }.map { name, accuracy in
            let y = up.place(accuracy)
            let text = "\(name) \(Numerals.percent(accuracy))"
            // At the cheap end, where points are low.
            labels.keepFree(56 + 3.4 * Double(text.count), y - 10, radius: 8)
            return """
                <path class="mark" stroke-dasharray="1 4" d="M52 \(y)H\(Self.width - 12)"/>\
                <text class="marked" x="56" y="\(y - 6)">\(text)</text>
                """
        }
    }

    /// The hull is straight over cost; over powers of ten it is drawn in short steps.
    private var hull: Markup {
        let corners = costs.zeroHull
        guard let first = corners.first, let last = corners.last else { return "" }
        var path: Markup = "M\(across.place(first.cost)) \(up.place(first.accuracy))"
        for (left, right) in zip(corners, corners.dropFirst()) {
            for step in 1...24 {
                let way = Double(step) / 24
                let x = across.place(left.cost + way * (right.cost - left.cost))
                let y = up.place(left.accuracy + way * (right.accuracy - left.accuracy))
                path = "\(path)L\(x) \(y)"
            }
        }
        return "<path class=\"hull\" d=\"\(path)L\(across.place(costs.largestCost)) \(up.place(last.accuracy))\"/>"
    }

    private func singles(_ labels: inout LabelPlacing) -> [Markup] {
        let onHull = costs.zeroHull.map(\.label)
        var pieces: [Markup] = []
        for point in costs.singles.prefix(Self.mostSingles) {
            labels.keepFree(across.place(point.cost), up.place(point.accuracy), radius: 3)
        }
        for point in costs.singles.prefix(Self.mostSingles) {
            let (x, y) = (across.place(point.cost), up.place(point.accuracy))
            pieces.append(
                """
                <circle cx="\(x)" cy="\(y)" r="3.2" fill="var(--c8)"><title>\(point.label): \
                \(Numerals.percent(point.accuracy)), \(written(point.cost))</title></circle>
                """)
            let name = SafeText.clean(point.label, most: 26)
            guard onHull.contains(point.label), let place = labels.place(name, near: x, y, radius: 4) else { continue }
            pieces.append("<text x=\"\(place.x)\" y=\"\(place.y)\">\(name)</text>")
        }
        return pieces
    }

    private func curve(_ place: Int, _ labels: inout LabelPlacing) -> Markup {
        let router = costs.routers[place]
        let colour: Markup = router.isYardstick ? "var(--mark)" : "var(--c\(min(place % 8, 7)))"
        let seats = report.results.filter { $0.strategy == router.strategy }
        let points = router.points.sorted { ($0.cost, $0.accuracy) < ($1.cost, $1.accuracy) }
        let line = points.map { point -> Markup in "\(across.place(point.cost)),\(up.place(point.accuracy)) " }
        let dots = points.map { point -> Markup in
            let own = seats.first { "\(router.strategy) × \($0.seats)" == point.label }
            let (x, y) = (across.place(point.cost), up.place(point.accuracy))
            let hover: Markup = """
                <title>\(point.label): \(Numerals.percent(point.accuracy)), \(written(point.cost))</title>
                """
            guard let own else {
                return "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"2.6\" fill=\"\(colour)\">\(hover)</circle>"
            }
            return """
                <g>\(hover)<circle cx="\(x)" cy="\(y)" r="\(Self.dot)" fill="\(colour)" stroke="var(--paper)"/>\
                <text class="seat" x="\(x)" y="\(y + 3.6)" text-anchor="middle">\(own.seats)</text></g>
                """
        }
        let best = points.max { $0.accuracy < $1.accuracy }
        let name = SafeText.clean(router.strategy, most: 26)
        var label: Markup = ""
        if let best,
            let spot = labels.place(name, near: across.place(best.cost), up.place(best.accuracy), radius: Self.dot)
        {
            label = "<text class=\"ink\" x=\"\(spot.x)\" y=\"\(spot.y)\">\(name)</text>"
        }
        return """
            <polyline points="\(line)" fill="none" stroke="\(colour)" stroke-width="1.4" opacity=".55"/>
            \(dots)\(label)
            """
    }
}
