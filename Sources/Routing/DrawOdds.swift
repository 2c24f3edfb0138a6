/// The probability of each draw of a recruitment, given the draws before it: what a trace needs to be evidence later.
///
/// With repeats every draw is P(i) = s_i / Σ s. Without, a drawn expert leaves: P(i) = s_i / (Σ s − Σ of those already
/// drawn). The probability of the whole recruitment is the product over its draws.
package struct DrawOdds: Sendable, Hashable {
    /// Weights of 0 and above, one a contender; they need not sum to one.
    package let shares: [Double]
    package let repeats: Bool

    package init(shares: [Double], repeats: Bool) {
        self.shares = shares
        self.repeats = repeats
    }

    /// One probability for each draw, in the order drawn; 0 from a draw on that cannot be.
    package func probabilities(of drawn: [Int]) -> [Double] {
        var left = shares
        return drawn.map { contender in
            let total = left.reduce(0, +)
            guard total > 0 else { return 0 }
            let probability = left[contender] / total
            if !repeats { left[contender] = 0 }
            return probability
        }
    }
}
