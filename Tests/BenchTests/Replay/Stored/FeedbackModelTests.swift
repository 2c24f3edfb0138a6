import Bench
import Core
import Testing

struct FeedbackModelTests {
    private func judged(_ number: Int, _ skill: SkillName, _ seats: [ExpertID], _ score: Double) throws -> JudgedTrace {
        let recruitment = Recruitment(
            strategy: "fixed", seats: seats.map { .init(expert: $0, probability: 1) }, seed: 0, reason: "")
        return try JudgedWorld.judged(
            JudgedWorld.trace(number, need: JudgedWorld.need(skill), recruitment: recruitment), score)
    }

    /// Scores 1 (law, a), 0 (law, a and b), 0.5 (art, b); κ = 4; all = 1.5/3 = 1/2.
    /// a: weight 1.5, score 1: (1 + 2)/5.5 = 6/11. a on law, the same sums: (1 + 24/11)/5.5 = 70/121.
    /// b: weight 1.5, score 0.5: (0.5 + 2)/5.5 = 5/11. b on art: (0.5 + 20/11)/5 = 51/110; on law: (0 + 20/11)/4.5 = 40/99.
    @Test func shrinksSkillTowardsExpertTowardsAllByHand() throws {
        let model = FeedbackModel(learningFrom: [
            try judged(1, "law", ["a"], 1), try judged(2, "law", ["a", "b"], 0), try judged(3, "art", ["b"], 0.5),
        ])
        let expectation = { (expert: ExpertID, need: Need) in model.expectation(of: expert, for: need) }
        #expect(abs(expectation("a", JudgedWorld.need("law")) - 70.0 / 121) < 1e-12)
        #expect(abs(expectation("a", JudgedWorld.need()) - 6.0 / 11) < 1e-12)
        #expect(abs(expectation("b", JudgedWorld.need("law", "art")) - (51.0 / 110 + 40.0 / 99) / 2) < 1e-12)
        #expect(expectation("stranger", JudgedWorld.need("law")) == 0.5)
        // A skill that a never met: (0 + 4 · 6/11)/4.
        #expect(abs(expectation("a", JudgedWorld.need("art")) - 6.0 / 11) < 1e-12)
    }

    @Test func knowsNothingWithoutFeedback() {
        #expect(FeedbackModel(learningFrom: []).expectation(of: "a", for: JudgedWorld.need("law")) == 0.5)
    }
}
