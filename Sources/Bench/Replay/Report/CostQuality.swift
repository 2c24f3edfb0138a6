extension ReplayReport {
    /// What quality costs: single experts, strategies, and how good each is over all budgets (AIQ, arXiv:2403.12031).
    public struct CostQuality: Sendable, Codable {
        /// What a cost is counted in.
        public enum Unit: String, Sendable, Codable, CaseIterable {
            case dollars = "usd_per_question"
            case activeParameters = "active_parameters"
            case calls = "calls_per_question"
        }

        public var unit: Unit
        /// The largest cost of all points, up to which every AIQ reaches.
        public var largestCost: Double
        public var singles: [CostPoint]
        /// The zero router: what lots among single experts give.
        public var zeroHull: [CostPoint]
        public var zeroAiq: Double
        public var routers: [RouterCurve]
    }

    /// A way to answer: mean cost and mean score of a question.
    public struct CostPoint: Sendable, Codable {
        public var label: String
        public var cost: Double
        public var accuracy: Double
    }

    /// A strategy with each number of seats, and along a sweep of costs where it has one.
    public struct RouterCurve: Sendable, Codable {
        public var strategy: String
        public var isYardstick: Bool
        public var points: [CostPoint]
        public var aiq: Double
    }
}

extension ReplayReport.CostQuality {
    /// Takes the first unit that is known for every strategy and for a single expert: dollars, then active parameters,
    /// then calls. Nil if no strategy or no expert was asked anything.
    init?(_ table: ScoreTable, _ results: [ReplayReport.StrategyResult], sweeps: [[CostQualityHull.Point]]) {
        let means = table.means()
        for unit in Self.Unit.allCases {
            let costs = results.map { unit.cost(of: $0) }
            let singles = table.experts.indices.compactMap { expert -> ReplayReport.CostPoint? in
                guard !means[expert].isNaN, let cost = unit.cost(of: expert, in: table) else { return nil }
                return .init(label: table.experts[expert], cost: cost, accuracy: means[expert])
            }
            let routed = costs.compactMap { $0 }
            guard !routed.isEmpty, routed.count == costs.count, !singles.isEmpty else { continue }
            // A sweep is of what a dollar is worth: it has no other costs.
            let swept = unit == .dollars ? sweeps : sweeps.map { _ in [] }
            let largest = (routed + singles.map(\.cost) + swept.joined().map(\.cost)).max() ?? 0
            guard largest > 0, let zero = CostQualityHull(singles.map(\.point)) else { continue }
            self.unit = unit
            largestCost = largest
            self.singles = singles
            zeroHull = zero.points.map { corner in
                .init(
                    label: singles.first { $0.point == corner }?.label ?? "", cost: corner.cost,
                    accuracy: corner.quality)
            }
            zeroAiq = AverageImprovement.of(zero.points, largestCost: largest) ?? 0
            routers = Self.curves(results, routed, swept, largest)
            return
        }
        return nil
    }

    /// Strategies in the order of the results, all numbers of seats together.
    private static func curves(
        _ results: [ReplayReport.StrategyResult], _ costs: [Double], _ sweeps: [[CostQualityHull.Point]],
        _ largest: Double
    ) -> [ReplayReport.RouterCurve] {
        var names: [String] = []
        for result in results where !names.contains(result.strategy) { names.append(result.strategy) }
        return names.map { name in
            let own = results.indices.filter { results[$0].strategy == name }
            let points = own.flatMap { place -> [ReplayReport.CostPoint] in
                let result = results[place]
                let seated = ReplayReport.CostPoint(
                    label: "\(name) × \(result.seats)", cost: costs[place], accuracy: result.accuracy)
                return [seated] + sweeps[place].map { .init(label: name, cost: $0.cost, accuracy: $0.quality) }
            }
            return .init(
                strategy: name, isYardstick: results[own[0]].isYardstick, points: points,
                aiq: AverageImprovement.of(points.map(\.point), largestCost: largest) ?? 0)
        }
    }
}

extension ReplayReport.CostPoint {
    var point: CostQualityHull.Point { CostQualityHull.Point(cost: cost, quality: accuracy) }
}

extension ReplayReport.CostQuality.Unit {
    fileprivate func cost(of result: ReplayReport.StrategyResult) -> Double? {
        switch self {
        case .dollars: result.usdPerQuestion
        case .activeParameters: result.activeParameters
        case .calls: result.callsPerQuestion
        }
    }

    fileprivate func cost(of expert: Int, in table: ScoreTable) -> Double? {
        switch self {
        case .dollars: table.dollars[expert]
        case .activeParameters: table.activeParameters[expert]
        case .calls: 1
        }
    }
}
