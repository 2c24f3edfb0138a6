import Core
import Routing
import Testing

struct BestSingleTests {
    /// Four questions. a: 3 of 4 right, b: 2 of 2, c: never asked; pool 5/6. Drawn towards the pool by two questions:
    /// a (3 + 2 · 5/6) / 6 = 0.7778, b (2 + 2 · 5/6) / 4 = 0.9167, c 5/6.
    @Test func expectsMeansDrawnTowardsThePoolByHand() throws {
        let evidence = Evidence(
            experts: ["a", "b", "c"].map { Evidence.Expert(id: $0) },
            views: (0..<4).map { _ in QuestionView(vector: [1]) }, categories: [nil, nil, nil, nil],
            scores: [1, 1, .nan, 1, 1, .nan, 1, .nan, .nan, 0, .nan, .nan])
        let router = try BestSingle().learn(from: evidence, seed: 0)
        let expected = router.expectations(for: QuestionView(vector: [1]))
        let byHand: [Float] = [14 / 18, 11 / 12, 5 / 6]
        for (found, truth) in zip(expected, byHand) { #expect(abs(found - truth) < 1e-6) }
        var random = SeededRandom(seed: 0)
        let plan = try router.recruit(for: QuestionView(vector: [1]), seats: 2, using: &random)
        #expect(plan.experts == [1, 2])
        #expect(plan.probabilities == [1, 1])
    }

    /// Law: where everybody was asked everything, the best mean sits, whatever the question.
    @Test func seatsTheBestMeanWhateverTheQuestion() throws {
        for seed in 1...20 {
            let evidence = MadeUpEvidence.evidence(questions: 100, seed: UInt64(seed))
            let router = try BestSingle().learn(from: evidence, seed: 0)
            let best = try #require(evidence.meanScores.max())
            var random = SeededRandom(seed: UInt64(seed))
            for category in ["west", "east"] {
                let view = MadeUpEvidence.view(category, using: &random)
                let plan = try router.recruit(for: view, seats: 1, using: &random)
                #expect(evidence.meanScores[try #require(plan.experts.first)] == best)
            }
        }
    }
}
