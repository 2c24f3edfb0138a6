/// A way to elect one of the answers that several experts gave. One rule, one file; settings are its stored properties.
public protocol VoteRule: Sendable {
    /// What commands and reports call it.
    var name: String { get }

    /// Elects an answer. `votes` are in the order in which they came; `optionCount` is 0 for a free answer.
    func winner(of votes: [CastVote], optionCount: Int) -> VoteOutcome
}

/// A rule under which every vote has a weight, and the answer whose votes weigh most wins.
public protocol AdditiveVoteRule: VoteRule {
    /// What each vote adds to its answer, `[votes]`; may be negative. It depends on who votes and on how many different
    /// answers there are, but not on which answer a vote is for: so it is known before the answer has come
    /// (`EarlyQuorum`).
    func weights(of votes: [CastVote], optionCount: Int, distinctAnswers: Int) -> [Double]
}

extension AdditiveVoteRule {
    public func winner(of votes: [CastVote], optionCount: Int) -> VoteOutcome {
        let tally = Tally(votes, optionCount: optionCount)
        let weights = weights(of: votes, optionCount: optionCount, distinctAnswers: tally.answers.count)
        return tally.outcome(weights: weights)
    }
}
