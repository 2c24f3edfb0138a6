/// What quality a budget buys: the highest line over points of cost and quality that bends down only and never falls.
///
/// Between two points of the hull a lot decides for each question which of the two is used, so every point of the line
/// can be had. Cheaper than the cheapest point there is nothing; beyond the best one more money buys nothing.
package struct CostQualityHull: Sendable, Hashable {
    /// A way to answer: what a question costs in the mean, and its mean score.
    package struct Point: Sendable, Hashable {
        package var cost: Double
        package var quality: Double

        package init(cost: Double, quality: Double) {
            self.cost = cost
            self.quality = quality
        }
    }

    /// Its corners, rising in cost and quality.
    package let points: [Point]

    /// Points with a number that is not finite are left out. Nil if none is left.
    package init?(_ points: [Point]) {
        let sorted = points.filter { $0.cost.isFinite && $0.quality.isFinite }
            .sorted { ($0.cost, -$0.quality) < ($1.cost, -$1.quality) }
        var corners: [Point] = []
        for point in sorted where corners.last.map({ point.quality > $0.quality }) ?? true {
            while corners.count > 1, Self.isBelow(corners[corners.count - 1], corners[corners.count - 2], point) {
                corners.removeLast()
            }
            corners.append(point)
        }
        guard !corners.isEmpty else { return nil }
        self.points = corners
    }

    /// Whether `middle` lies on or below the line from `left` to `right`.
    private static func isBelow(_ middle: Point, _ left: Point, _ right: Point) -> Bool {
        (middle.quality - left.quality) * (right.cost - left.cost)
            <= (right.quality - left.quality) * (middle.cost - left.cost)
    }
}
