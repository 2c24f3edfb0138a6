/// Lets a vote count as much as its expert suits the question.
///
/// `support(a) = Σ_(e : answer_e = a) max(0, suitability_e)`. Weighing is ours, as in `Vote`: where nobody suits, all
/// count alike. Ties go to the answer first seen.
public struct SuitabilityRule: AdditiveVoteRule {
    public let name = "suitability"

    public init() {}

    public func weights(of votes: [CastVote], optionCount: Int, distinctAnswers: Int) -> [Double] {
        guard votes.contains(where: { $0.suitability > 0 }) else { return votes.map { _ in 1 } }
        return votes.map { $0.suitability > 0 ? Double($0.suitability) : 0 }
    }
}
