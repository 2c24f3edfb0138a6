/// A question that was voted on and whose right answer is known: what `LearnedVote` learns from.
public struct TrainingBallot: Sendable, Hashable {
    /// One vote for each expert that was asked. `expected` must not have seen this question's outcome (cross-fitting),
    /// else the rule learns to trust it more than it will deserve.
    public var votes: [CastVote]
    /// 0 for a free answer.
    public var optionCount: Int
    /// The right answer; −1 where nobody gave it.
    public var gold: Int32

    public init(votes: [CastVote], optionCount: Int, gold: Int32) {
        self.votes = votes
        self.optionCount = optionCount
        self.gold = gold
    }
}
