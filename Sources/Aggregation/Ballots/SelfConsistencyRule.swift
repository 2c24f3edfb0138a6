private import Core

/// Elects the answer that most samples of one expert agree on; between equals a seeded draw decides.
///
/// Source: self-consistency (arXiv:2203.11171), whose "most consistent answer" is a plain majority of sampled answers. The
/// paper leaves ties open. Here a draw decides, so that no place in the order of samples has an advantage: the same votes
/// fall the same way under the same seed, others fall on their own.
public struct SelfConsistencyRule: VoteRule {
    public let name = "self-consistency"

    private let seed: UInt64

    public init(seed: UInt64) { self.seed = seed }

    public func winner(of votes: [CastVote], optionCount: Int) -> VoteOutcome {
        let tally = Tally(votes, optionCount: optionCount)
        let counts = tally.sums(of: votes.map { _ in 1 })
        let tied = counts.indices.filter { counts[$0] == counts.max() }
        guard tied.count > 1 else { return tally.outcome(weights: votes.map { _ in 1 }) }
        var digest: UInt64 = 0
        for vote in votes {
            digest = SeededRandom.derived(from: digest, index: UInt64(truncatingIfNeeded: vote.answer))
        }
        var random = SeededRandom(seed: SeededRandom.derived(from: seed, index: digest))
        let drawn = tied[random.below(tied.count)]
        var outcome = tally.outcome(support: counts, weights: votes.map { _ in 1 })
        outcome.answer = tally.answers[drawn]
        outcome.seat = tally.places.firstIndex(of: drawn)
        if let place = outcome.support.firstIndex(where: { $0.answer == outcome.answer }) {
            outcome.support.insert(outcome.support.remove(at: place), at: 0)
        }
        return outcome
    }
}
