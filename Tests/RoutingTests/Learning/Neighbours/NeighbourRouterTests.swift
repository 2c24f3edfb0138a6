import Core
import Routing
import Testing

struct NeighbourRouterTests {
    /// The two nearest to [1, 0] are questions 0 and 1. Expert `a` scored 1 and 0 there and 1/4 over all four, drawn by two
    /// outcomes towards the pool's mean, 4/8: (1 + 2 · 0.5) / (4 + 2) = 1/3. With w = 1: (1 + 0 + 1/3) / 3 = 4/9.
    /// `b` scored 1 and 1 there and 3/4 over all: (3 + 1) / 6 = 2/3; (1 + 1 + 2/3) / 3 = 8/9.
    @Test func expectsTheShrunkenMeanOfTheNearest() throws {
        let router = try NeighbourRouter(neighbours: 2, shrinkage: 1).learn(from: Self.four, seed: 1)
        let expected = router.expectations(for: QuestionView(vector: [1, 0]))
        #expect(abs(expected[0] - 4 / 9) < 1e-6)
        #expect(abs(expected[1] - 8 / 9) < 1e-6)
    }

    @Test func withoutShrinkageItIsTheMeanOfTheNearest() throws {
        let router = try NeighbourRouter(neighbours: 2, shrinkage: 0).learn(from: Self.four, seed: 1)
        #expect(router.expectations(for: QuestionView(vector: [1, 0])) == [0.5, 1])
        #expect(router.expectations(for: QuestionView(vector: [0, 1])) == [0, 0.5])
    }

    @Test func anExpertWhomNoNeighbourAskedIsExpectedToDoAsEver() throws {
        let evidence = Evidence(
            experts: [.init(id: "a"), .init(id: "b")],
            views: [QuestionView(vector: [1, 0]), QuestionView(vector: [0, 1])],
            categories: [nil, nil], scores: [1, .nan, 1, .nan])
        let router = try NeighbourRouter(neighbours: 1, shrinkage: 0).learn(from: evidence, seed: 1)
        // Nothing is known of b: it is thought to be as good as the pool, whose mean is 1.
        #expect(router.expectations(for: QuestionView(vector: [1, 0])) == [1, 1])
    }

    @Test func seatsTheExpertOfTheQuestionsKind() throws {
        let router = try NeighbourRouter(neighbours: 40, shrinkage: 10).learn(from: MadeUpEvidence.evidence(), seed: 1)
        var random = SeededRandom(seed: 5)
        for _ in 0..<50 {
            let west = try router.recruit(for: MadeUpEvidence.view("west", using: &random), seats: 2, using: &random)
            let east = try router.recruit(for: MadeUpEvidence.view("east", using: &random), seats: 2, using: &random)
            #expect(west.experts == [0, 2])
            #expect(east.experts == [1, 2])
        }
    }

    @Test func refusesToLearnFromNothing() {
        let nothing = Evidence(experts: [.init(id: "a")], views: [], categories: [], scores: [])
        let fault = #expect(throws: Fault.self) { _ = try NeighbourRouter().learn(from: nothing, seed: 1) }
        #expect(
            fault?.sentence
                == "knn: there is no question to learn from. questions with the recorded outcomes of at least one expert. "
                + "Record outcomes first.")
    }

    private static let four = Evidence(
        experts: [.init(id: "a"), .init(id: "b")],
        views: [[1, 0], [0.9, 0.1], [0, 1], [0.1, 0.9]].map { QuestionView(vector: $0) },
        categories: [nil, nil, nil, nil], scores: [1, 1, 0, 1, 0, 0, 0, 1])
}
