import Gating

/// Fits strengths to how often each of a pool beats each other: P(i beats j) = σ(strength_i − strength_j).
///
/// Maximum likelihood for as many battles between every two (Bradley and Terry 1952): every strength takes Newton's
/// step along its own slope, shortened by (n − 1)/n, without which two experts would overshoot each other for ever.
enum BradleyTerry {
    /// Strengths, `[experts]`, whose mean is 0.
    ///
    /// - Parameter scores: mean scores, 0...1, `[experts]`; i beats j in ½ + (scoreᵢ − scoreⱼ) / 2 of the battles.
    static func strengths(ofScores scores: [Float]) -> [Float] {
        let count = scores.count
        guard count > 1 else { return scores.map { _ in 0 } }
        // Who won all would be infinitely strong.
        let kept = scores.map { min(max(Double($0), 0.001), 0.999) }
        let mean = kept.reduce(0, +) / Double(count)
        // How many battles each wins beyond half of them.
        let surplus = kept.map { Double(count) / 2 * ($0 - mean) }
        var strengths = [Double](repeating: 0, count: count)
        for _ in 0..<30 {
            var slope = surplus
            var bend = [Double](repeating: 0, count: count)
            for first in 0..<count {
                for second in first + 1..<count {
                    let chance = 1 / (1 + exponential(strengths[second] - strengths[first]))
                    slope[first] -= chance - 0.5
                    slope[second] += chance - 0.5
                    bend[first] += chance * (1 - chance)
                    bend[second] += chance * (1 - chance)
                }
            }
            var largest = 0.0
            for expert in 0..<count {
                let step = slope[expert] / max(bend[expert], 1e-6) * Double(count - 1) / Double(count)
                let bounded = min(max(step, -2), 2)
                strengths[expert] += bounded
                largest = max(largest, abs(bounded))
            }
            if largest < 1e-4 { break }
        }
        let middle = strengths.reduce(0, +) / Double(count)
        return strengths.map { Float($0 - middle) }
    }
}
