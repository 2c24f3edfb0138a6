/// How good a router is over all budgets: the mean height of its hull of cost and quality (AIQ).
///
/// AIQ = 1/C ∫ hull(c) dc with C the largest cost of all routers that are compared; beyond a router's last corner its
/// hull goes on flat to C, and below its cheapest point it counts nothing. The zero router is the hull of the single
/// experts: a router that does not pass its AIQ knows nothing that a lot among experts does not.
///
/// Source: RouterBench, arXiv:2403.12031, section 3, and its released code, which we follow in dividing by C rather than
/// by C less the smallest cost, and in integrating by trapezoids. Its code finds the hull from all triples; ours is the
/// same line, found in one sweep.
package enum AverageImprovement {
    /// AIQ of the router that these points came from; nil without points or where `largestCost` is not above zero.
    package static func of(_ points: [CostQualityHull.Point], largestCost: Double) -> Double? {
        guard largestCost > 0, largestCost.isFinite else { return nil }
        guard let hull = CostQualityHull(points.filter { $0.cost <= largestCost }), let last = hull.points.last else {
            return nil
        }
        let area = zip(hull.points, hull.points.dropFirst()).reduce(0.0) { sum, pair in
            sum + (pair.1.cost - pair.0.cost) * (pair.0.quality + pair.1.quality) / 2
        }
        return (area + (largestCost - last.cost) * last.quality) / largestCost
    }
}
