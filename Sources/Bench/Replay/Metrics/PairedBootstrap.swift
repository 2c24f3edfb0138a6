import Core

/// How far a mean over questions could have come out otherwise: the 95 % percentile interval of resampled means.
///
/// Each round draws as many questions as there are, with replacement, and takes their mean; the interval runs from the
/// 2.5 % to the 97.5 % quantile of the rounds. For a difference of two strategies the differences of the same question
/// are resampled, so that questions that are hard for both cancel out (Efron and Tibshirani, 1993, chapters 13 and 15).
///
/// Beyond `mostBlocks` questions, blocks of equally many questions, put together by lot, are drawn instead of single
/// questions. The mean of the blocks scatters like the mean of the questions; only the width is less certain, by
/// 1/√(2 · blocks), 0.8 % for 8,192 blocks, while the work no longer grows with the number of questions.
package struct PairedBootstrap: Sendable {
    package var rounds: Int
    package var seed: UInt64
    package var mostBlocks: Int

    package init(rounds: Int = 2_000, seed: UInt64 = 1, mostBlocks: Int = 8_192) {
        precondition(rounds > 0 && (1...1 << 20).contains(mostBlocks), "a bootstrap needs rounds and blocks")
        self.rounds = rounds
        self.seed = seed
        self.mostBlocks = mostBlocks
    }

    /// The interval of the mean of `values`; NaN ones are left out. Nil if there are none.
    package func interval(ofMean values: [Float]) -> Interval? {
        let known = values.filter { !$0.isNaN }
        return interval(ofRatio: known.map(Double.init), to: [Double](repeating: 1, count: known.count))
    }

    /// The interval of the mean of `ours − theirs`, question by question; pairs with a NaN are left out.
    package func interval(ofDifference ours: [Float], from theirs: [Float]) -> Interval? {
        precondition(ours.count == theirs.count, "a pair has two values")
        return interval(ofMean: zip(ours, theirs).map { $0 - $1 })
    }

    /// The interval of Σ numerators / Σ denominators, resampling both together. Nil if there are none or a sum of
    /// denominators is not above zero.
    package func interval(ofRatio numerators: [Double], to denominators: [Double]) -> Interval? {
        precondition(numerators.count == denominators.count, "a ratio has two sides")
        guard !numerators.isEmpty else { return nil }
        var random = SeededRandom(seed: seed)
        let (above, below) = blocks(numerators, denominators, using: &random)
        var found = [Double](repeating: 0, count: rounds)
        for round in 0..<rounds {
            var numerator = 0.0
            var denominator = 0.0
            var bits: UInt64 = 0
            for draw in above.indices {
                // Two draws of 32 bits from one of 64: over at most 2^20 blocks no bias that could be measured.
                bits = draw & 1 == 0 ? random.next() : bits >> 32
                let drawn = Int(((bits & 0xFFFF_FFFF) * UInt64(above.count)) >> 32)
                numerator += above[drawn]
                denominator += below[drawn]
            }
            found[round] = numerator / denominator
        }
        guard found.allSatisfy({ $0.isFinite }) else { return nil }
        found.sort()
        return Interval(low: Self.quantile(0.025, of: found), high: Self.quantile(0.975, of: found))
    }

    /// Sums of at most `mostBlocks` blocks whose sizes differ by at most one.
    private func blocks(
        _ numerators: [Double], _ denominators: [Double], using random: inout SeededRandom
    ) -> ([Double], [Double]) {
        guard numerators.count > mostBlocks else { return (numerators, denominators) }
        var order = Array(numerators.indices)
        random.shuffle(&order)
        var above = [Double](repeating: 0, count: mostBlocks)
        var below = above
        for (place, question) in order.enumerated() {
            above[place % mostBlocks] += numerators[question]
            below[place % mostBlocks] += denominators[question]
        }
        return (above, below)
    }

    /// The value that the share `share` of the sorted values lies below, by linear interpolation between neighbours.
    static func quantile(_ share: Double, of sorted: [Double]) -> Double {
        let place = share * Double(sorted.count - 1)
        let lower = Int(place)
        let upper = min(lower + 1, sorted.count - 1)
        return sorted[lower] + (sorted[upper] - sorted[lower]) * (place - Double(lower))
    }
}
