extension ReplayReport {
    /// RouteLLM's measures of a router between two experts (arXiv:2406.18665, section 3).
    public struct StrongWeakResult: Sendable, Codable {
        public var weak: String
        public var strong: String
        public var apgr: Double
        public var cpt20: Double?
        public var cpt50: Double?
        public var cpt80: Double?
        /// The same if every question were known: the optimal curve.
        public var optimalApgr: Double
        public var optimalCpt50: Double?
        /// AutoMix's lift at 50 % strong calls (arXiv:2310.12963); nil where the prices are unknown.
        public var ibcLift: Double?
        /// Share of strong calls and performance gap recovered, from none to all.
        public var curve: [CurvePoint]
        public var optimalCurve: [CurvePoint]
    }

    public struct CurvePoint: Sendable, Codable {
        public var share: Double
        public var recovered: Double
    }
}

extension ReplayReport.StrongWeakResult {
    /// A longer curve is thinned to about this many points for the report; the measures are taken before.
    private static let mostPoints = 200

    /// Measures a record between exactly two experts; nil for another number, without leans, or if neither is better.
    init?(_ record: StrategyRecord, in table: ScoreTable) {
        guard table.experts.count == 2, record.leans.count == table.count else { return nil }
        let means = table.means()
        let strong = means[1] >= means[0] ? 1 : 0
        let scores = [table.column(0), table.column(1)]
        let ratings = strong == 1 ? record.leans : record.leans.map { -$0 }
        guard
            let curve = StrongWeakCurve(ratings: ratings, weak: scores[1 - strong], strong: scores[strong]),
            let optimal = StrongWeakCurve.optimal(weak: scores[1 - strong], strong: scores[strong])
        else { return nil }
        self.init(
            weak: table.experts[1 - strong], strong: table.experts[strong], apgr: curve.area,
            cpt20: curve.leastShare(recovering: 0.2), cpt50: curve.leastShare(recovering: 0.5),
            cpt80: curve.leastShare(recovering: 0.8), optimalApgr: optimal.area,
            optimalCpt50: optimal.leastShare(recovering: 0.5),
            ibcLift: Self.lift(of: curve, table, weak: 1 - strong, strong: strong, means), curve: Self.thinned(curve),
            optimalCurve: Self.thinned(optimal))
    }

    private static func lift(
        of curve: StrongWeakCurve, _ table: ScoreTable, weak: Int, strong: Int, _ means: [Double]
    ) -> Double? {
        guard let low = table.dollars[weak], let high = table.dollars[strong] else { return nil }
        let half = curve.recovered(at: 0.5)
        return IncrementalBenefit(
            small: .init(cost: low, quality: means[weak]), large: .init(cost: high, quality: means[strong])
        ).lift(of: .init(cost: (low + high) / 2, quality: means[weak] + half * (means[strong] - means[weak])))
    }

    private static func thinned(_ curve: StrongWeakCurve) -> [ReplayReport.CurvePoint] {
        guard curve.points.count > mostPoints else {
            return curve.points.map { .init(share: $0.share, recovered: $0.recovered) }
        }
        return (0...mostPoints).map { step in
            let share = Double(step) / Double(mostPoints)
            return .init(share: share, recovered: curve.recovered(at: share))
        }
    }
}
