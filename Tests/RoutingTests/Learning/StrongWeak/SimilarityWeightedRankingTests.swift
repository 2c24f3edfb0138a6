import Core
import Routing
import Testing

struct SimilarityWeightedRankingTests {
    /// Asked about [1, 0], the question there has cosine 1 and weighs 10 · 10¹ = 100, the one at [0, 1] has cosine 0 and
    /// weighs 10. a is right on the first only: its weighted mean is 100/110 = 0.909; b is right on the second only: 0.0909.
    /// P(a beats b) = ½ + (0.909 − 0.0909) / 2 = 0.909, and the expectations are those means again.
    @Test func weighsBattlesBySimilarity() throws {
        let evidence = Evidence(
            experts: [.init(id: "a"), .init(id: "b")],
            views: [QuestionView(vector: [1, 0]), QuestionView(vector: [0, 1])],
            categories: [nil, nil], scores: [1, 0, 0, 1])
        let router = try SimilarityWeightedRanking().learn(from: evidence, seed: 1)
        let expected = router.expectations(for: QuestionView(vector: [1, 0]))
        #expect(abs(expected[0] - 100 / 110) < 1e-4)
        #expect(abs(expected[1] - 10 / 110) < 1e-4)
    }

    /// At the maximum of the likelihood every expert wins as often as it is expected to: so the strengths give back the
    /// weighted means, here the plain ones, since all questions are the same; also where an expert was not always asked.
    @Test(arguments: [2, 3, 8, 30])
    func theFittedStrengthsGiveBackTheMeans(experts: Int) throws {
        var random = SeededRandom(seed: UInt64(experts))
        var scores: [Float] = []
        for _ in 0..<200 {
            for expert in 0..<experts {
                let isRight = random.unit() < 0.1 + 0.8 * Double(expert) / Double(experts)
                scores.append(random.unit() < 0.2 ? .nan : (isRight ? 1 : 0))
            }
        }
        let evidence = Evidence(
            experts: (0..<experts).map { .init(id: ExpertID("e\($0)")) },
            views: (0..<200).map { _ in QuestionView(vector: [1]) }, categories: Array(repeating: nil, count: 200),
            scores: scores)
        let router = try SimilarityWeightedRanking().learn(from: evidence, seed: 1)
        for (expected, mean) in zip(router.expectations(for: QuestionView(vector: [1])), evidence.meanScores) {
            #expect(abs(expected - mean) < 0.002)
        }
    }

    @Test func withoutSimilarQuestionsAllCountAlike() throws {
        let evidence = Evidence(
            experts: [.init(id: "a"), .init(id: "b")],
            views: [QuestionView(vector: [1, 0]), QuestionView(vector: [0, 1])],
            categories: [nil, nil], scores: [1, 0, 1, 1])
        let router = try SimilarityWeightedRanking().learn(from: evidence, seed: 1)
        let expected = router.expectations(for: QuestionView(vector: [-1, -1]))
        #expect(abs(expected[0] - 0.999) < 0.002)
        #expect(abs(expected[1] - 0.5) < 0.002)
    }

    @Test func leansTowardsTheExpertOfTheQuestionsKind() throws {
        let router = try SimilarityWeightedRanking().learn(from: MadeUpEvidence.evidence(), seed: 1)
        var random = SeededRandom(seed: 5)
        for _ in 0..<20 {
            let west = router.expectations(for: MadeUpEvidence.view("west", using: &random))
            let east = router.expectations(for: MadeUpEvidence.view("east", using: &random))
            #expect(west[0] > west[1])
            #expect(east[1] > east[0])
        }
    }
}
