/// Whether expectations can be taken at their word: of the answers that were expected to be right with 0.8, are 80 %?
///
/// Brier score = mean (expectation − score)². Reliability is the part of it that better calibration would remove:
/// Σ_b n_b/n (mean expectation of bin b − mean score of bin b)², over ten equal bins of the expectation (Murphy, 1973).
package struct Calibration: Sendable, Hashable {
    package let brier: Double
    package let reliability: Double

    /// Pairs with a NaN are left out; nil if none is left.
    package init?(expectations: [Float], scores: [Float]) {
        let bins = 10
        var expected = [Double](repeating: 0, count: bins)
        var scored = expected
        var counts = expected
        var squares = 0.0
        for (expectation, score) in zip(expectations, scores) where !expectation.isNaN && !score.isNaN {
            let clamped = Double(min(max(expectation, 0), 1))
            let bin = min(Int(clamped * Double(bins)), bins - 1)
            expected[bin] += clamped
            scored[bin] += Double(score)
            counts[bin] += 1
            squares += (clamped - Double(score)) * (clamped - Double(score))
        }
        let all = counts.reduce(0, +)
        guard all > 0 else { return nil }
        brier = squares / all
        reliability = counts.indices.filter { counts[$0] > 0 }.reduce(0.0) { sum, bin in
            let error = (expected[bin] - scored[bin]) / counts[bin]
            return sum + counts[bin] / all * error * error
        }
    }
}
