import Core
import Routing
import Testing

struct MatrixFactorisationTests {
    /// Every question looks the same; a is right on 3 of 4, b on 1 of 4, never both. So a wins 3/4 of the battles,
    /// P = 0.75, and with a level of 1/2: expected(a) = 0.5 + 2/2 · 0.25 = 0.75, expected(b) = 0.25.
    @Test func expectsWhatTheBattlesSay() throws {
        let router = try MatrixFactorisation().learn(from: Self.opposite, seed: 1)
        let expected = router.expectations(for: QuestionView(vector: [1, 0]))
        #expect(abs(expected[0] - 0.75) < 0.03)
        #expect(abs(expected[1] - 0.25) < 0.03)
    }

    @Test func expectsMostOfTheExpertOfTheQuestionsKind() throws {
        let router = try MatrixFactorisation().learn(from: MadeUpEvidence.evidence(), seed: 1)
        var random = SeededRandom(seed: 5)
        var right = 0
        for _ in 0..<50 {
            let west = router.expectations(for: MadeUpEvidence.view("west", using: &random))
            let east = router.expectations(for: MadeUpEvidence.view("east", using: &random))
            right += (west[0] == west.max() ? 1 : 0) + (east[1] == east.max() ? 1 : 0)
        }
        #expect(right >= 95)
    }

    /// Strong is the best on the whole, weak the cheapest other; the strong one gets the wanted share of like questions.
    @Test(arguments: [0, 0.25, 0.5, 0.8, 1])
    func sendsTheWantedShareToTheStrongExpert(share: Double) throws {
        let evidence = MadeUpEvidence.evidence(questions: 600)
        let means = evidence.meanScores
        let strong = means.indices.max { means[$0] < means[$1] }
        let router = try MatrixFactorisation(strongShare: share, passes: 5).learn(from: evidence, seed: 1)
        var random = SeededRandom(seed: 5)
        let chosen = try evidence.views.map { try router.recruit(for: $0, seats: 1, using: &random).experts[0] }
        #expect(chosen.count { $0 == strong } == Int((600 * share).rounded()))
        #expect(Set(chosen).count <= 2)
    }

    @Test func neverSeatsAClosedExpert() throws {
        let router = try MatrixFactorisation(strongShare: 1).learn(from: Self.opposite, seed: 1)
        var random = SeededRandom(seed: 1)
        let plan = try router.recruit(
            for: QuestionView(vector: [1, 0], isOpen: [false, true]), seats: 2, using: &random)
        #expect(plan.experts == [1])
    }

    @Test func theSameSeedGivesTheSameBits() throws {
        let evidence = MadeUpEvidence.evidence(questions: 100)
        let once = try MatrixFactorisation(passes: 2).learn(from: evidence, seed: 3)
        let again = try MatrixFactorisation(passes: 2).learn(from: evidence, seed: 3)
        #expect(once.expectations(for: evidence.views[0]) == again.expectations(for: evidence.views[0]))
    }

    @Test func needsTwoExperts() {
        let evidence = Evidence(
            experts: [.init(id: "a")], views: [QuestionView(vector: [1])], categories: [nil], scores: [1])
        let fault = #expect(throws: Fault.self) { _ = try MatrixFactorisation().learn(from: evidence, seed: 1) }
        #expect(
            fault?.sentence
                == "factors: there is one expert only. outcomes of a strong expert and of a weak one. "
                + "Record another expert's answers.")
    }

    static let opposite = Evidence(
        experts: [.init(id: "a", dollars: 2), .init(id: "b", dollars: 1)],
        views: (0..<400).map { _ in QuestionView(vector: [1, 0]) }, categories: Array(repeating: nil, count: 400),
        scores: (0..<400).flatMap { (question: Int) -> [Float] in question % 4 == 0 ? [0, 1] : [1, 0] })
}
