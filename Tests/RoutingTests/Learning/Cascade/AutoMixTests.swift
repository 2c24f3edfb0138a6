import Core
import Routing
import Testing

struct AutoMixTests {
    /// a and b are cheap: b's answer stands, a verifies it. They agree on a quarter of the questions and are right there;
    /// escalating the others makes all answers right for 2 + ¾ · 10 = 9.5 dollars, within the 10 of always asking dear.
    @Test func escalatesWhereTheVerifierDisagrees() throws {
        let router = try AutoMix(verifiers: 1).learn(from: FrugalCascadeTests.agreeing, seed: 1)
        var random = SeededRandom(seed: 3)
        let view = QuestionView(vector: [1, 0])
        let plan = try router.recruit(for: view, seats: 3, using: &random)
        #expect(plan.experts == [0, 1, 2])
        #expect(plan.isLadder)
        let first = HeardAnswer(expert: 0, answer: 4)
        #expect(!router.isEnough([first], of: plan, for: view))
        #expect(router.isEnough([first, HeardAnswer(expert: 1, answer: 4)], of: plan, for: view))
        #expect(!router.isEnough([first, HeardAnswer(expert: 1, answer: 3)], of: plan, for: view))
        #expect(!router.isEnough([first, HeardAnswer(expert: 1, answer: -1)], of: plan, for: view))
    }

    /// Half of that budget does not pay for three quarters of the questions: the small expert stays alone, unverified.
    @Test func keepsToItsBudget() throws {
        let router = try AutoMix(verifiers: 1, budget: 0.5).learn(from: FrugalCascadeTests.agreeing, seed: 1)
        var random = SeededRandom(seed: 3)
        let view = QuestionView(vector: [1, 0])
        #expect(try router.recruit(for: view, seats: 3, using: &random).experts == [1])
    }

    /// Two verifiers. Where none agrees with c, dear is wrong as well: those questions are hopeless. Where one of two agrees
    /// dear is right and c is not; where both agree c is right. The double threshold spares dear on hopeless questions.
    @Test func aDoubleThresholdLeavesHopelessQuestions() throws {
        let evidence = Self.hopeless
        let single = try AutoMix(budget: 2).learn(from: evidence, seed: 1)
        let double = try AutoMix(thresholds: .double, budget: 2).learn(from: evidence, seed: 1)
        var random = SeededRandom(seed: 3)
        let view = QuestionView(vector: [1])
        let plan = try single.recruit(for: view, seats: 4, using: &random)
        #expect(plan.experts == [0, 1, 2, 3])
        let none = Self.heard([1, 2, 3])
        let one = Self.heard([1, 3, 3])
        let both = Self.heard([3, 3, 3])
        #expect(!single.isEnough(none, of: plan, for: view))
        #expect(!single.isEnough(one, of: plan, for: view))
        #expect(single.isEnough(both, of: plan, for: view))
        #expect(double.isEnough(none, of: plan, for: view))
        #expect(!double.isEnough(one, of: plan, for: view))
        #expect(double.isEnough(both, of: plan, for: view))
    }

    @Test func withOneSeatTheStrongExpertIsAsked() throws {
        let router = try AutoMix(verifiers: 1).learn(from: FrugalCascadeTests.agreeing, seed: 1)
        var random = SeededRandom(seed: 3)
        #expect(try router.recruit(for: QuestionView(vector: [1, 0]), seats: 1, using: &random).experts == [2])
    }

    @Test func needsAnswersToCompare() {
        let scores = FrugalCascadeTests.agreeing
        let silent = Evidence(
            experts: scores.experts, views: scores.views, categories: scores.categories, scores: scores.scores)
        let fault = #expect(throws: Fault.self) { _ = try AutoMix().learn(from: silent, seed: 1) }
        #expect(
            fault?.sentence
                == "automix: no answers are recorded. the answers of a strong expert, of a small one and of one that "
                + "verifies. Choose a mechanism that needs scores only, such as knn.")
    }

    private static func heard(_ answers: [Int32]) -> [HeardAnswer] {
        answers.enumerated().map { HeardAnswer(expert: $0.offset, answer: $0.element) }
    }

    /// Question by question: nobody agrees, b agrees, both agree. Means are 0.27, 0.3, 0.37 and 0.67.
    private static let hopeless = Evidence(
        experts: [
            .init(id: "a", dollars: 1), .init(id: "b", dollars: 1), .init(id: "c", dollars: 1),
            .init(id: "dear", dollars: 10),
        ],
        views: (0..<300).map { _ in QuestionView(vector: [1]) }, categories: Array(repeating: nil, count: 300),
        scores: (0..<300).flatMap { (question: Int) -> [Float] in
            [[0, 0, 0.1, 0], [0, 0, 0, 1], [0.8, 0.9, 1, 1]][question % 3]
        },
        answers: (0..<300).flatMap { (question: Int) -> [Int32] in
            [[1, 2, 3, 4], [1, 3, 3, 0], [0, 0, 0, 0]][question % 3]
        })
}
