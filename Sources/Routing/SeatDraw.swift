import Core
import Gating

/// Fills seats from suitabilities: drawn at random in proportion to them, or given to the best.
///
/// Source: Symbolic-MoE, arXiv:2503.05641: three draws with replacement. Without repeats, and the plain best, are ours;
/// with fewer contenders than seats both leave seats empty.
struct SeatDraw {
    let seats: Int
    let draw: RoutingPlan.Draw
    let repeats: Bool

    /// Indices of the chosen contenders in the order drawn, and every contender's share of the weights.
    func choose(
        from weights: [Double], normaliser: any Normaliser, seed: UInt64
    ) throws -> (chosen: [Int], probabilities: [Double]) {
        var shares = weights.map(Float.init)
        var span = shares.mutableSpan
        normaliser.normalise(&span)
        let scores = ScoreMatrix(row: shares)
        var random = SeededRandom(seed: seed)
        let selection =
            switch (draw, repeats) {
            case (.top, _):
                try Gate(normaliser: Identity(), selector: TopK(count: seats)).select(scores)
            case (.weighted, true):
                try Gate(normaliser: Identity(), selector: SampledWithReplacement(count: seats))
                    .select(scores, using: &random)
            case (.weighted, false):
                try Gate(normaliser: Identity(), selector: SampledWithoutReplacement(count: seats))
                    .select(scores, using: &random)
            }
        return (Array(selection.experts(inRow: 0)), shares.map { $0.isNaN ? 0 : Double($0) })
    }
}
