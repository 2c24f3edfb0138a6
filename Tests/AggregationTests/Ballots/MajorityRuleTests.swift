import Aggregation
import Core
import Testing

struct MajorityRuleTests {
    private let rule = MajorityRule()

    @Test func mostVotesWinInTheWordsOfTheFirst() {
        let outcome = rule.winner(of: votes([3, 1, 1]), optionCount: 4)
        #expect(outcome.answer == 1 && outcome.seat == 1 && outcome.margin == 1)
        #expect(outcome.support == [.init(answer: 1, weight: 2), .init(answer: 3, weight: 1)])
    }

    @Test func tiesGoToTheAnswerFirstSeen() {
        let outcome = rule.winner(of: votes([2, 0, 0, 2]), optionCount: 4)
        #expect(outcome.answer == 2 && outcome.seat == 0 && outcome.margin == 0)
    }

    @Test func whoGaveNoAnswerElectsNobody() {
        #expect(rule.winner(of: votes([-1, -1, 2]), optionCount: 4).answer == 2)
        let silence = rule.winner(of: votes([-1, -1]), optionCount: 4)
        #expect(silence.answer == -1 && silence.seat == 0 && silence.support.isEmpty && silence.margin == 0)
        #expect(rule.winner(of: [], optionCount: 4).seat == nil)
    }

    /// Option 9 of four is no option; where answers are free it is an answer like another.
    @Test func anAnswerThatIsNotAnOptionElectsNobody() {
        #expect(rule.winner(of: votes([9, 9, 2]), optionCount: 4).answer == 2)
        #expect(rule.winner(of: votes([9, 9, 2]), optionCount: 0).answer == 9)
    }

    /// Law, for every rule: the winner was given by the seat named, support falls, and the margin is the first step of it.
    @Test(
        arguments: [
            MajorityRule(), SuitabilityRule(), PosteriorRule(), RecalibratedConfidenceRule(),
            SelfConsistencyRule(seed: 4),
        ] as [any VoteRule])
    func everyRuleSaysWhatItDid(rule: any VoteRule) throws {
        var random = SeededRandom(seed: 5)
        for _ in 0..<500 {
            let votes = random.votes(1 + random.below(7), answers: 4)
            let outcome = rule.winner(of: votes, optionCount: random.below(2) * 4)
            let seat = try #require(outcome.seat)
            let weights = outcome.support.map(\.weight)
            #expect(votes[seat].answer == outcome.answer)
            #expect(weights == weights.sorted(by: >))
            #expect(Set(outcome.support.map(\.answer)) == Set(votes.map(\.answer)).subtracting([-1]))
            if weights.count > 1 { #expect(outcome.margin == weights[0] - weights[1]) }
            #expect(outcome.support.first.map { $0.answer == outcome.answer } ?? (outcome.answer == -1))
        }
    }
}
