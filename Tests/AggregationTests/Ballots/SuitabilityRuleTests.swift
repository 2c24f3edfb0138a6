import Aggregation
import Testing

struct SuitabilityRuleTests {
    private let rule = SuitabilityRule()

    /// 0.5 + 0.25 = 0.75 for answer 0, 1 for answer 1.
    @Test func oneWhoSuitsOutweighsTwoWhoDoNot() {
        let votes = [
            CastVote(expert: 0, answer: 0, suitability: 0.25), CastVote(expert: 1, answer: 0, suitability: 0.5),
            CastVote(expert: 2, answer: 1, suitability: 1),
        ]
        let outcome = rule.winner(of: votes, optionCount: 0)
        #expect(outcome.answer == 1 && outcome.margin == 0.25)
    }

    @Test func theTextOfTheHeaviestVoteStands() {
        let votes = [
            CastVote(expert: 0, answer: 7, suitability: 0.25), CastVote(expert: 1, answer: 7, suitability: 0.5),
            CastVote(expert: 2, answer: 7, suitability: 0.5),
        ]
        #expect(rule.winner(of: votes, optionCount: 0).seat == 1)
    }

    @Test func whoDoesNotSuitCountsNothingUnlessNobodyDoes() {
        let nobody = [
            CastVote(expert: 0, answer: 1, suitability: -1), CastVote(expert: 1, answer: 2),
            CastVote(expert: 2, answer: 2),
        ]
        #expect(rule.winner(of: nobody, optionCount: 0).answer == 2)
        var one = nobody
        one[0].suitability = 0.125
        #expect(rule.winner(of: one, optionCount: 0).answer == 1)
    }
}
