import Core
import Routing
import Testing

/// Straight lines find what grows with meaning or with what can be counted.
struct RidgeRouterTests {
    @Test func tellsWhoIsGoodWhere() throws {
        let router = try RidgeRouter().learn(from: MadeUpEvidence.evidence(questions: 1_000), seed: 1)
        var random = SeededRandom(seed: 9)
        let west = router.expectations(for: MadeUpEvidence.view("west", using: &random))
        let east = router.expectations(for: MadeUpEvidence.view("east", using: &random))
        #expect(west[0] > 0.7 && west[1] < 0.4)
        #expect(east[1] > 0.7 && east[0] < 0.4)
    }

    @Test func aMeasureAloneIsEnough() throws {
        // Everybody has the same vector; the expert is right where the first measure is high.
        let views = (0..<200).map { index in
            QuestionView(vector: [1, 0], measures: [index.isMultiple(of: 2) ? 1 : 0])
        }
        let evidence = Evidence(
            experts: [.init(id: "a")], views: views, categories: views.map { _ in nil },
            scores: (0..<200).map { $0.isMultiple(of: 2) ? 1 : 0 })
        let router = try RidgeRouter(penalty: 0.01).learn(from: evidence, seed: 1)
        #expect(router.expectations(for: views[0])[0] > 0.95)
        #expect(router.expectations(for: views[1])[0] < 0.05)
    }

    @Test func anExpertWithoutOutcomesIsThoughtAsGoodAsThePool() throws {
        let views = (0..<40).map { QuestionView(vector: [Float($0 % 3), 1]) }
        let evidence = Evidence(
            experts: [.init(id: "a"), .init(id: "never-asked")], views: views, categories: views.map { _ in nil },
            scores: (0..<40).flatMap { [$0.isMultiple(of: 4) ? 0 : 1, Float.nan] })
        let router = try RidgeRouter().learn(from: evidence, seed: 1)
        #expect(abs(router.expectations(for: views[0])[1] - 0.75) < 0.01)
    }
}
