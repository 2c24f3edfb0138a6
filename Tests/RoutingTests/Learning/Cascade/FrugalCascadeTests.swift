import Core
import Routing
import Testing

struct FrugalCascadeTests {
    /// Cheap is right on east questions and never on west ones, which its scorer can tell from the question; dear is right
    /// on all. Asking cheap first and going on in the west is right always, for 1 + ½ · 10 dollars instead of 10.
    @Test func stopsWhereTheCheapAnswerIsBelieved() throws {
        let router = try FrugalCascade(penalty: 10).learn(from: Self.telling, seed: 1)
        var random = SeededRandom(seed: 3)
        for _ in 0..<30 {
            let east = MadeUpEvidence.view("east", using: &random)
            let plan = try router.recruit(for: east, seats: 3, using: &random)
            #expect(plan.isLadder)
            #expect(plan.experts == [0, 1])
            #expect(router.isEnough([HeardAnswer(expert: 0, answer: 0)], of: plan, for: east))
            let west = MadeUpEvidence.view("west", using: &random)
            let other = try router.recruit(for: west, seats: 3, using: &random)
            #expect(!router.isEnough([HeardAnswer(expert: 0, answer: 1)], of: other, for: west))
        }
    }

    /// Two cheap experts are right half of the time, and whenever they agree; questions tell nothing. Dear is always right.
    /// The ladder asks both and stops where they agree.
    @Test func stopsWhereAnswersAgree() throws {
        let router = try FrugalCascade().learn(from: Self.agreeing, seed: 1)
        var random = SeededRandom(seed: 3)
        let view = QuestionView(vector: [1, 0])
        let plan = try router.recruit(for: view, seats: 3, using: &random)
        #expect(plan.experts == [0, 1, 2])
        let first = HeardAnswer(expert: 0, answer: 5)
        #expect(!router.isEnough([first], of: plan, for: view))
        #expect(router.isEnough([first, HeardAnswer(expert: 1, answer: 5)], of: plan, for: view))
        #expect(!router.isEnough([first, HeardAnswer(expert: 1, answer: 6)], of: plan, for: view))
    }

    /// A tenth of the best expert's cost buys only the cheap one.
    @Test func keepsToItsBudget() throws {
        let router = try FrugalCascade(budget: 0.1, penalty: 10).learn(from: Self.telling, seed: 1)
        var random = SeededRandom(seed: 3)
        let view = MadeUpEvidence.view("west", using: &random)
        let plan = try router.recruit(for: view, seats: 3, using: &random)
        #expect(plan.experts.first == 0)
        #expect(plan.experts.count == 1 || router.isEnough([HeardAnswer(expert: 0, answer: 1)], of: plan, for: view))
    }

    @Test func withFewerSeatsTheLastRungsStay() throws {
        let router = try FrugalCascade().learn(from: Self.agreeing, seed: 1)
        var random = SeededRandom(seed: 3)
        let view = QuestionView(vector: [1, 0])
        #expect(try router.recruit(for: view, seats: 1, using: &random).experts == [2])
        #expect(try router.recruit(for: view, seats: 2, using: &random).experts == [1, 2])
    }

    @Test func leavesOutWhoCannotBeAsked() throws {
        let router = try FrugalCascade().learn(from: Self.agreeing, seed: 1)
        var random = SeededRandom(seed: 3)
        let view = QuestionView(vector: [1, 0], isOpen: [true, true, false])
        #expect(try router.recruit(for: view, seats: 3, using: &random).experts == [0, 1])
        let nobody = QuestionView(vector: [1, 0], isOpen: [false, false, false])
        #expect(try router.recruit(for: nobody, seats: 3, using: &random).experts.isEmpty)
    }

    @Test func needsToKnowCosts() {
        let evidence = Evidence(
            experts: [.init(id: "a")], views: [QuestionView(vector: [1])], categories: [nil], scores: [1])
        #expect(throws: Fault.self) { _ = try FrugalCascade().learn(from: evidence, seed: 1) }
    }

    private static let telling: Evidence = {
        var random = SeededRandom(seed: 1)
        let views = (0..<300).map { MadeUpEvidence.view($0 % 2 == 0 ? "west" : "east", using: &random) }
        return Evidence(
            experts: [.init(id: "cheap", dollars: 1), .init(id: "dear", dollars: 10)], views: views,
            categories: views.map { _ in nil }, scores: (0..<300).flatMap { [Float($0 % 2), 1] })
    }()

    /// Question by question both are right, only the first, only the second, and neither.
    static let agreeing = Evidence(
        experts: [.init(id: "a", dollars: 1), .init(id: "b", dollars: 1), .init(id: "dear", dollars: 10)],
        views: (0..<400).map { _ in QuestionView(vector: [1, 0]) }, categories: Array(repeating: nil, count: 400),
        scores: (0..<400).flatMap { (question: Int) -> [Float] in
            [[1, 1, 1], [1, 0, 1], [0, 1, 1], [0, 0, 1]][question % 4]
        },
        answers: (0..<400).flatMap { (question: Int) -> [Int32] in
            [[0, 0, 0], [0, 1, 0], [1, 0, 0], [1, 2, 0]][question % 4]
        })
}
