/// The weights of one row's experts in a draw, and the draw itself.
///
/// Negative and excluded scores weigh 0 and are never drawn. Where scores are plus infinity only those experts take
/// part, all alike.
enum DrawWeights {
    /// Fills `weights`, `[experts]`, from the scores.
    static func begin(_ weights: inout [Double], scores: Span<Float>) {
        weights.removeAll(keepingCapacity: true)
        var hasInfinite = false
        for expert in scores.indices {
            let score = scores[expert]
            hasInfinite = hasInfinite || score == .infinity
            weights.append(score > 0 ? Double(score) : 0)
        }
        guard hasInfinite else { return }
        for expert in weights.indices {
            weights[expert] = weights[expert] == .infinity ? 1 : 0
        }
    }

    /// Draws one expert in proportion to the weights, taking one number from the generator; nil, and no number taken,
    /// when every weight is 0.
    static func draw(from weights: [Double], using random: inout some RandomNumberGenerator) -> Int? {
        var total = 0.0
        for weight in weights {
            total += weight
        }
        guard total > 0 else { return nil }
        let target = random.uniformDraw() * total
        var sum = 0.0
        var last: Int?
        for expert in weights.indices where weights[expert] > 0 {
            sum += weights[expert]
            last = expert
            if sum > target { break }
        }
        // `target` may round up to the whole sum; the last expert that weighs anything is then the one meant.
        return last
    }
}
