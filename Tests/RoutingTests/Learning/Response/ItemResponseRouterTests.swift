import Core
import Routing
import Testing

struct ItemResponseRouterTests {
    /// All questions look the same, so a and b are numbers and the fit is the log-odds of each mean: 3/4 and 1/4. The priors
    /// pull a little towards the middle.
    @Test func withoutDifferencesBetweenQuestionsItExpectsTheMeans() throws {
        let evidence = Evidence(
            experts: [.init(id: "a"), .init(id: "b")],
            views: (0..<400).map { _ in QuestionView(vector: [1, 0]) }, categories: Array(repeating: nil, count: 400),
            scores: (0..<400).flatMap { (question: Int) -> [Float] in
                question % 4 == 0 ? [0, 1] : [1, 0]
            })
        let router = try ItemResponseRouter().learn(from: evidence, seed: 1)
        let expected = router.expectations(for: QuestionView(vector: [1, 0]))
        #expect(abs(expected[0] - 0.75) < 0.03)
        #expect(abs(expected[1] - 0.25) < 0.03)
    }

    /// One ability and questions that are only more or less difficult: all experts fall together.
    @Test func findsWhichQuestionsAreDifficult() throws {
        let evidence = Self.evidence(chances: { easiness in [0.3 + 0.6 * easiness, 0.1 + 0.6 * easiness] })
        let router = try ItemResponseRouter(dimensions: 1).learn(from: evidence, seed: 1)
        let easy = router.expectations(for: QuestionView(vector: [1, 0]))
        let hard = router.expectations(for: QuestionView(vector: [-1, 0]))
        for (expected, chance) in zip(easy + hard, [Float](arrayLiteral: 0.9, 0.7, 0.3, 0.1)) {
            #expect(abs(expected - chance) < 0.1)
        }
    }

    /// Experts that are good at opposite questions: with one ability a changes its sign between them.
    @Test(arguments: [1, 2])
    func seatsTheExpertOfTheQuestionsKind(dimensions: Int) throws {
        let router = try ItemResponseRouter(dimensions: dimensions).learn(from: MadeUpEvidence.evidence(), seed: 1)
        var random = SeededRandom(seed: 5)
        var right = 0
        for _ in 0..<50 {
            let west = try router.recruit(for: MadeUpEvidence.view("west", using: &random), seats: 1, using: &random)
            let east = try router.recruit(for: MadeUpEvidence.view("east", using: &random), seats: 1, using: &random)
            right += (west.experts == [0] ? 1 : 0) + (east.experts == [1] ? 1 : 0)
        }
        #expect(right >= 95)
    }

    @Test func theSameSeedGivesTheSameBits() throws {
        let evidence = MadeUpEvidence.evidence(questions: 100)
        let once = try ItemResponseRouter(dimensions: 2).learn(from: evidence, seed: 3)
        let again = try ItemResponseRouter(dimensions: 2).learn(from: evidence, seed: 3)
        let other = try ItemResponseRouter(dimensions: 2).learn(from: evidence, seed: 4)
        let view = evidence.views[0]
        #expect(once.expectations(for: view) == again.expectations(for: view))
        #expect(once.expectations(for: view) != other.expectations(for: view))
    }

    @Test func anExpertWithoutOutcomesIsThoughtToBeAsGoodAsThePool() throws {
        let evidence = Evidence(
            experts: [.init(id: "a"), .init(id: "b")],
            views: (0..<100).map { _ in QuestionView(vector: [1, 0]) }, categories: Array(repeating: nil, count: 100),
            scores: (0..<100).flatMap { [Float($0 % 2), .nan] })
        let router = try ItemResponseRouter().learn(from: evidence, seed: 1)
        let expected = router.expectations(for: QuestionView(vector: [1, 0]))
        #expect(abs(expected[0] - 0.5) < 0.03)
        #expect(abs(expected[1] - 0.5) < 0.03)
    }

    @Test func isNamedByItsDimensions() {
        #expect(ItemResponseRouter().name == "irt-1d")
        #expect(ItemResponseRouter(dimensions: 2).name == "irt-2d")
    }

    /// Questions at [±1, 0]; `chances` are given 1 for the easy and 0 for the hard.
    private static func evidence(chances: (Double) -> [Double]) -> Evidence {
        var random = SeededRandom(seed: 1)
        var scores: [Float] = []
        for question in 0..<1000 {
            for chance in chances(question % 2 == 0 ? 1 : 0) { scores.append(random.unit() < chance ? 1 : 0) }
        }
        return Evidence(
            experts: [.init(id: "a"), .init(id: "b")],
            views: (0..<1000).map { QuestionView(vector: [$0 % 2 == 0 ? 1 : -1, 0]) },
            categories: Array(repeating: nil, count: 1000), scores: scores)
    }
}
