import Core
import Routing
import Testing

struct SkillProfileTests {
    /// Two experts, three questions; algebra is named twice in the first.
    ///
    ///     question          a      b
    ///     algebra algebra   right  right
    ///     algebra law       right  wrong
    ///     law               wrong  right
    ///
    /// Profiles: a algebra 2 + 1 = 3, law 1 − 1 = 0; b algebra 2 − 1 = 1, law −1 + 1 = 0. G_a = 3, G_b = 1, γ = 9/10, 1/10.
    private let evidence = Evidence(
        experts: ["a", "b"].map { Evidence.Expert(id: $0) },
        views: [["algebra", "algebra"], ["algebra", "law"], ["law"]].map { QuestionView(vector: [1], skills: $0) },
        categories: [nil, nil, nil], scores: [1, 1, 1, 0, 0, 1])

    private func view(_ skills: SkillName...) -> QuestionView { QuestionView(vector: [1], skills: skills) }

    /// Algebra: w_a = 3 · 0.9 = 2.7, w_b = 1 · 0.1; p_a = 27/28. Law: nobody is above 0, so w = (0 − 0 + 1) γ: 0.9 and 0.1.
    @Test func drawsByTheProbabilitiesOfTheReleasedCodeByHand() throws {
        let router = try SkillProfile().learn(from: evidence, seed: 0)
        var random = SeededRandom(seed: 1)
        for (skill, chance) in [("algebra", 27.0 / 28), ("law", 0.9)] {
            for _ in 0..<20 {
                let plan = try router.recruit(for: view(SkillName(skill)), seats: 3, using: &random)
                #expect(plan.experts.count == 3)
                for (expert, probability) in zip(plan.experts, plan.probabilities) {
                    #expect(abs(probability - (expert == 0 ? chance : 1 - chance)) < 1e-6)
                }
            }
        }
    }

    /// Algebra: local × strength 2.7 and 0.1, divided by 0.5 they differ by 5.2: p_a = 1 / (1 + exp(−5.2)) = 0.99451.
    @Test func theRestatedFormIsASoftmaxByHand() throws {
        let router = try RestatedSkillProfile().learn(from: evidence, seed: 0)
        var random = SeededRandom(seed: 1)
        let plan = try router.recruit(for: view("algebra"), seats: 1, using: &random)
        #expect(plan.experts == [0])
        #expect(abs(plan.probabilities[0] - 0.99451) < 1e-4)
    }

    /// 2,000 seats, each expert as likely: 1,000 each, within five times √(2,000 / 4) = 112.
    @Test(arguments: [0, 1]) func withoutSkillsEveryExpertIsAsLikely(form: Int) throws {
        let learners: [any RouterLearner] = [SkillProfile(), RestatedSkillProfile()]
        let router = try learners[form].learn(from: evidence, seed: 0)
        var random = SeededRandom(seed: 2)
        var count = 0
        for _ in 0..<1_000 {
            let plan = try router.recruit(for: view(), seats: 2, using: &random)
            #expect(plan.probabilities == [0.5, 0.5])
            count += plan.experts.count { $0 == 0 }
        }
        #expect(abs(count - 1_000) < 112)
    }

    @Test func neverSeatsAnExpertThatCannotBeAsked() throws {
        let router = try SkillProfile().learn(from: evidence, seed: 0)
        var random = SeededRandom(seed: 3)
        var closed = view("algebra")
        closed.isOpen = [false, true]
        let plan = try router.recruit(for: closed, seats: 3, using: &random)
        #expect(plan.experts == [1, 1, 1])
        #expect(plan.expected[0].isNaN)
        closed.isOpen = [false, false]
        #expect(try router.recruit(for: closed, seats: 3, using: &random).experts.isEmpty)
    }

    @Test func theSameSeedGivesTheSameSeats() throws {
        let router = try SkillProfile().learn(from: MadeUpEvidence.evidence(), seed: 0)
        let plans = try (0..<2).map { _ in
            var random = SeededRandom(seed: 4)
            return try (0..<20).map { _ in try router.recruit(for: view("west", "east"), seats: 3, using: &random) }
        }
        #expect(plans[0] == plans[1])
    }

    @Test func formsHaveTheirNames() {
        #expect(SkillProfile().name == "skill")
        #expect(RestatedSkillProfile().name == "skill-restated")
        #expect(ShrunkenSkillProfile().name == "skill-shrunk")
    }
}
