/// Elects the answer that most experts gave; of equals the one first seen.
///
/// `support(a) = |{e : answer_e = a}|`. Source: the vote of Symbolic-MoE (arXiv:2503.05641, released code).
public struct MajorityRule: AdditiveVoteRule {
    public let name = "majority"

    public init() {}

    public func weights(of votes: [CastVote], optionCount: Int, distinctAnswers: Int) -> [Double] {
        votes.map { _ in 1 }
    }
}
