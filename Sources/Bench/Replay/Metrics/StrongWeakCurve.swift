/// How much of a strong expert's advantage a router of two experts keeps, against the share of questions it sends there.
///
/// A router rates each question with r, the probability that the strong expert does better; questions with r at or above
/// a threshold go to it. For each threshold: share of strong calls, and PGR = (accuracy − weak) / (strong − weak), the
/// performance gap recovered. APGR is the area below (trapezoid; 0.5 for a router that throws dice), CPT(x) the least
/// share that recovers x (linear interpolation between thresholds). Source: RouteLLM, arXiv:2406.18665, section 3.
///
/// Where we differ: the released code takes 10 quantiles of r as thresholds, we take 100, and all values of r where
/// `steps` is nil. Questions of equal r cannot be told apart, so no threshold falls between them: the straight line
/// across such a group is what lots among them would recover. The ends of the curve are measured too, not left off.
package struct StrongWeakCurve: Sendable, Hashable {
    package struct Point: Sendable, Hashable {
        /// Share of questions that go to the strong expert, 0...1.
        package var share: Double
        /// The performance gap recovered; below 0 and above 1 where a mixture is worse or better than both.
        package var recovered: Double
    }

    /// From no strong call to all, rising in share.
    package let points: [Point]

    /// Measures a router. Questions with a NaN anywhere are left out; nil unless the strong expert is better in the mean.
    ///
    /// - Parameters:
    ///   - ratings: r of each question; any rising function of it gives the same curve.
    ///   - steps: how many thresholds at equal quantiles of r; nil for one at every value.
    package init?(ratings: [Float], weak: [Float], strong: [Float], steps: Int? = 100) {
        precondition(ratings.count == weak.count && weak.count == strong.count, "one rating and two scores a question")
        let known = ratings.indices.filter { !ratings[$0].isNaN && !weak[$0].isNaN && !strong[$0].isNaN }
        let whole = known.reduce(0.0) { $0 + Double(strong[$1]) - Double(weak[$1]) }
        guard whole > 0 else { return nil }
        // The question's place breaks ties of the sort, not of the curve: it keeps the sums the same everywhere.
        let order = known.sorted { (-ratings[$0], $0) < (-ratings[$1], $1) }
        var points = [Point(share: 0, recovered: 0)]
        var gained = 0.0
        let thresholds = steps ?? order.count
        var quantile = 1
        for (index, question) in order.enumerated() {
            gained += Double(strong[question]) - Double(weak[question])
            let taken = index + 1
            let isLast = taken == order.count
            let endsGroup = isLast || ratings[order[taken]] != ratings[question]
            // A threshold stands at each quantile k / thresholds of r; the whole group of that r goes along.
            guard endsGroup, isLast || taken * thresholds >= quantile * order.count else { continue }
            quantile = taken * thresholds / order.count + 1
            points.append(Point(share: Double(taken) / Double(order.count), recovered: gained / whole))
        }
        self.points = points
    }

    /// The curve of a router that knows every score: the largest gains first. It lies on or above every other.
    package static func optimal(weak: [Float], strong: [Float]) -> Self? {
        Self(ratings: zip(weak, strong).map { $1 - $0 }, weak: weak, strong: strong, steps: nil)
    }

    /// APGR, the area below the curve by trapezoids.
    package var area: Double {
        zip(points, points.dropFirst()).reduce(0) { sum, pair in
            sum + (pair.1.share - pair.0.share) * (pair.0.recovered + pair.1.recovered) / 2
        }
    }

    /// CPT(x): the least share of strong calls that recovers `goal`; nil if no share does.
    package func leastShare(recovering goal: Double) -> Double? {
        for (left, right) in zip(points, points.dropFirst()) {
            if left.recovered >= goal { return left.share }
            guard right.recovered >= goal else { continue }
            let way = (goal - left.recovered) / (right.recovered - left.recovered)
            return left.share + way * (right.share - left.share)
        }
        return nil
    }

    /// What a share recovers, by linear interpolation.
    package func recovered(at share: Double) -> Double {
        for (left, right) in zip(points, points.dropFirst()) where share <= right.share {
            let way = (share - left.share) / (right.share - left.share)
            return left.recovered + way * (right.recovered - left.recovered)
        }
        return 1
    }
}
