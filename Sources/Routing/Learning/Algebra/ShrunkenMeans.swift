/// Means of groups, drawn towards the mean of all as far as a small group's chance results deserve.
///
///     mean(g, e) = (sum(g, e) + s · mean(e)) / (n(g, e) + s)
///
/// the mean of a Beta posterior whose prior is the expert's own mean, worth s questions. s is estimated from the evidence
/// (empirical Bayes by moments, pooled over the experts): between groups a Beta(s μ, s (1 − μ)) varies by
/// τ² = μ (1 − μ) / (s + 1), and τ² is what the groups' observed spread has beyond chance (the analysis of variance of
/// clustered proportions, Kleinman 1973). The expert's own mean is drawn towards the pool's by `poolStrength` questions in
/// the same way, so an expert of whom nothing is recorded is thought to be as good as the pool.
struct ShrunkenMeans: Sendable {
    /// How many questions the pool's mean is worth beside an expert's own: one right and one wrong answer.
    static let poolStrength = 2.0
    /// Where the estimate of s is stopped, in questions.
    static let strengths = 1.0...1_000

    let groupCount: Int
    let expertCount: Int
    /// s: how many questions an expert's overall mean is worth beside a group's.
    let strength: Double
    /// The mean of each expert over everything, `[experts]`.
    let overall: [Float]
    /// `[groups × experts]`.
    let values: [Float]

    init(_ tally: ScoreTally) {
        groupCount = tally.groupCount
        expertCount = tally.expertCount
        let pool = tally.allCount > 0 ? tally.allSum / tally.allCount : 0.5
        let overall = (0..<tally.expertCount).map { expert in
            (tally.overallSums[expert] + Self.poolStrength * pool) / (tally.overallCounts[expert] + Self.poolStrength)
        }
        let strength = Self.strength(of: tally, around: overall)
        self.strength = strength
        self.overall = overall.map { Float($0) }
        values = tally.sums.indices.map { index in
            let prior = overall[index % tally.expertCount]
            return Float((tally.sums[index] + strength * prior) / (tally.counts[index] + strength))
        }
    }

    /// One group's means, `[experts]`.
    func means(of group: Int) -> ArraySlice<Float> {
        values[group * expertCount..<(group + 1) * expertCount]
    }

    /// s by moments: Σ over experts of μ (1 − μ), divided by Σ of τ², less 1.
    private static func strength(of tally: ScoreTally, around overall: [Double]) -> Double {
        var chance = 0.0
        var between = 0.0
        for expert in 0..<tally.expertCount {
            var total = 0.0
            var squares = 0.0
            var spread = 0.0
            var groups = 0.0
            let mean = overall[expert]
            for group in 0..<tally.groupCount {
                let count = tally.counts[group * tally.expertCount + expert]
                guard count > 0 else { continue }
                let difference = tally.sums[group * tally.expertCount + expert] / count - mean
                total += count
                squares += count * count
                spread += count * difference * difference
                groups += 1
            }
            let size = total > 0 ? total - squares / total : 0
            guard size > 0 else { continue }
            chance += mean * (1 - mean)
            between += (spread - (groups - 1) * mean * (1 - mean)) / size
        }
        guard between > 0 else { return strengths.upperBound }
        return min(max(chance / between - 1, strengths.lowerBound), strengths.upperBound)
    }
}
