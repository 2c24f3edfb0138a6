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

    /// Chosen contenders in the order drawn.
    struct Draws {
        var chosen: [Int]
        /// Of each draw, given those before it; 1 where chance has no part.
        var odds: [Double]
        /// Every contender's share of the weights.
        var shares: [Double]
    }

    func choose(from weights: [Double], normaliser: any Normaliser, seed: UInt64) throws -> Draws {
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
        let chosen = Array(selection.experts(inRow: 0))
        let known = shares.map { $0.isNaN ? 0 : Double($0) }
        let odds =
            draw == .top
            ? chosen.map { _ in 1 } : DrawOdds(shares: known, repeats: repeats).probabilities(of: chosen)
        return Draws(chosen: chosen, odds: odds, shares: known)
    }
}

extension SeatDraw.Draws {
    /// The seats, each with the probability of its draw.
    func seats(of pool: [Contender]) -> [Recruitment.Seat] {
        zip(chosen, odds).map { .init(expert: pool[$0].card.id, probability: $1) }
    }
}
