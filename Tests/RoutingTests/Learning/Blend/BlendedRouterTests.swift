import Core
import Routing
import Testing

/// A blend is the mean of its parts; the soft category router never settles on one category.
struct BlendedRouterTests {
    private struct Fixed: RouterLearner, LearnedRouter {
        var name = "fixed"
        let expected: [Float]

        func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter { self }
        func expectations(for view: QuestionView) -> [Float] { expected }
    }

    @Test func isTheMeanOfItsParts() throws {
        let blend = BlendedRouter([Fixed(expected: [0.2, 0.9, .nan]), Fixed(expected: [0.6, .nan, .nan])])
        let found = try blend.learn(from: MadeUpEvidence.evidence(), seed: 1).expectations(
            for: QuestionView(vector: []))
        // (0.2 + 0.6) / 2; 0.9 alone; nobody expects anything of the third.
        #expect(abs(found[0] - 0.4) < 1e-6 && found[1] == 0.9 && found[2].isNaN)
    }

    @Test func knowsWhoIsGoodWhere() throws {
        let router = try BlendedRouter().learn(from: MadeUpEvidence.evidence(questions: 800), seed: 1)
        var random = SeededRandom(seed: 2)
        let west = MadeUpEvidence.view("west", using: &random)
        #expect(try router.recruit(for: west, seats: 1, using: &random).experts == [0])
        let east = MadeUpEvidence.view("east", using: &random)
        #expect(try router.recruit(for: east, seats: 1, using: &random).experts == [1])
    }

    @Test func aSoftGuessLiesBetweenTheCategories() throws {
        let router = try SoftCategoryRouter().learn(from: MadeUpEvidence.evidence(questions: 800), seed: 1)
        // Half way between west and east, nobody can say; the middling expert's mean stays what it is.
        let middle = router.expectations(for: QuestionView(vector: [Float](repeating: 0, count: 16)))
        #expect(middle[0] > 0.25 && middle[0] < 0.85)
        #expect(abs(middle[2] - 0.6) < 0.08)
    }

    @Test func withoutCategoriesTheMeansRemain() throws {
        let known = MadeUpEvidence.evidence()
        let bare = Evidence(
            experts: known.experts, views: known.views, categories: known.views.map { _ in nil }, scores: known.scores)
        let router = try SoftCategoryRouter().learn(from: bare, seed: 1)
        let found = router.expectations(for: known.views[0])
        for (expert, mean) in bare.meanScores.enumerated() { #expect(abs(found[expert] - mean) < 0.01) }
    }
}
