import Core
import Routing
import Testing

struct ShrunkenSkillProfileTests {
    private func view(_ skills: SkillName...) -> QuestionView { QuestionView(vector: [1], skills: skills) }

    /// One expert; algebra 8 of 10, law 2 of 10: s = 1 (see `BestPerCategoryTests`), mean 0.5.
    /// algebra (8 + 0.5) / 11, law (2 + 0.5) / 11; both named, algebra twice: (2 · 8.5 + 2.5) / 33.
    @Test func averagesTheSkillsOfAQuestionByHand() throws {
        let scores = (0..<20).map { index -> Float in index < 8 || (10..<12).contains(index) ? 1 : 0 }
        let evidence = Evidence(
            experts: [Evidence.Expert(id: "a")], views: (0..<20).map { view($0 < 10 ? "algebra" : "law") },
            categories: scores.map { _ in nil }, scores: scores)
        let router = try ShrunkenSkillProfile().learn(from: evidence, seed: 0)
        func expected(_ skills: SkillName...) -> Double {
            Double(router.expectations(for: QuestionView(vector: [1], skills: skills))[0])
        }
        #expect(abs(expected("algebra") - 8.5 / 11) < 1e-6)
        #expect(abs(expected("algebra", "law", "algebra") - 19.5 / 33) < 1e-6)
        #expect(abs(expected() - 0.5) < 1e-6)
        #expect(abs(expected("never heard of") - 0.5) < 1e-6)
    }

    @Test func seatsTheBestOfTheSkillWithoutChance() throws {
        let router = try ShrunkenSkillProfile().learn(from: MadeUpEvidence.evidence(), seed: 0)
        for seed in 0..<20 {
            var random = SeededRandom(seed: UInt64(seed))
            #expect(try router.recruit(for: view("west"), seats: 3, using: &random).experts == [0, 2, 1])
            #expect(try router.recruit(for: view("east"), seats: 1, using: &random).experts == [1])
        }
    }

    /// A single lucky answer in a rare skill does not put a weak expert before a strong one.
    @Test func oneLuckyAnswerDoesNotOutweighARecord() throws {
        var random = SeededRandom(seed: 5)
        var views = (0..<300).map { index in view(index.isMultiple(of: 2) ? "algebra" : "law") }
        var scores = views.flatMap { _ in [0.9, 0.3].map { random.unit() < $0 ? Float(1) : 0 } }
        views.append(view("heraldry"))
        scores += [0, 1]
        let evidence = Evidence(
            experts: ["strong", "weak"].map { Evidence.Expert(id: $0) }, views: views,
            categories: views.map { _ in nil }, scores: scores)
        let router = try ShrunkenSkillProfile().learn(from: evidence, seed: 0)
        let expected = router.expectations(for: view("heraldry"))
        #expect(expected[0] > expected[1])
    }

    /// Law: every expectation is a probability, whatever is missing.
    @Test func expectationsAreProbabilities() throws {
        var random = SeededRandom(seed: 6)
        let names: [SkillName] = ["a", "b", "c", "d"]
        for _ in 0..<50 {
            let views = (0..<30).map { _ in
                QuestionView(vector: [1], skills: names.filter { _ in random.below(3) == 0 })
            }
            let evidence = Evidence(
                experts: ["x", "y", "z"].map { Evidence.Expert(id: $0) }, views: views,
                categories: views.map { _ in nil },
                scores: (0..<90).map { $0 % 3 == 2 || random.below(4) == 0 ? .nan : Float(random.unit()) })
            let router = try ShrunkenSkillProfile().learn(from: evidence, seed: 0)
            for view in views { #expect(router.expectations(for: view).allSatisfy { $0 >= 0 && $0 <= 1 }) }
        }
    }

    /// Law: the order of experts changes no expectation.
    @Test func reorderingTheExpertsChangesNoExpectation() throws {
        let evidence = MadeUpEvidence.evidence(questions: 100)
        let mirrored = Evidence(
            experts: evidence.experts.reversed(), views: evidence.views, categories: evidence.categories,
            scores: evidence.views.indices.flatMap { evidence.scores(of: $0).reversed() })
        let router = try ShrunkenSkillProfile().learn(from: evidence, seed: 0)
        let other = try ShrunkenSkillProfile().learn(from: mirrored, seed: 0)
        for view in evidence.views.prefix(4) {
            let pairs = zip(router.expectations(for: view), other.expectations(for: view).reversed())
            #expect(pairs.allSatisfy { abs($0 - $1) < 1e-6 })
        }
    }
}
