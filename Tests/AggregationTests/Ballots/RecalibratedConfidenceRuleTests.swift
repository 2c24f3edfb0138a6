import Aggregation
import Testing

struct RecalibratedConfidenceRuleTests {
    private let rule = RecalibratedConfidenceRule()

    /// The table of ReConcile (arXiv:2309.13007), at its corners.
    @Test(
        arguments: [
            (0, 0.1), (0.6, 0.1), (0.61, 0.3), (0.79, 0.3), (0.8, 0.5), (0.89, 0.5), (0.9, 0.8), (0.99, 0.8), (1, 1),
        ] as [(Float, Double)])
    func statedConfidenceCountsByTheTable(stated: Float, weight: Double) {
        let vote = CastVote(expert: 0, answer: 0, confidence: stated)
        #expect(rule.winner(of: [vote], optionCount: 0).support == [.init(answer: 0, weight: weight)])
    }

    /// 0.8 against 0.3 + 0.3 + 0.1: sure beats three that hesitate.
    @Test func oneWhoIsSureOutweighsThreeWhoHesitate() {
        let votes = [(0, 0.7), (0, 0.7), (1, 0.95), (0, 0.5)].enumerated().map {
            CastVote(expert: $0, answer: Int32($1.0), confidence: Float($1.1))
        }
        #expect(rule.winner(of: votes, optionCount: 0).answer == 1)
        #expect(rule.winner(of: votes, optionCount: 0).seat == 2)
    }

    @Test func whoDidNotSayIsUnsure() {
        #expect(rule.winner(of: [CastVote(expert: 0, answer: 0)], optionCount: 0).margin == 0.1)
        let tie = [CastVote(expert: 0, answer: 4), CastVote(expert: 1, answer: 5, confidence: 0.3)]
        #expect(rule.winner(of: tie, optionCount: 0).answer == 4)
    }
}
