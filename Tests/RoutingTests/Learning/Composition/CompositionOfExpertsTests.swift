import Core
import Routing
import Testing

struct CompositionOfExpertsTests {
    static let trainers: [any CategoryTrainer] = [
        NeighbourCategories(), LogisticCategories(), NetworkCategories(units: 8),
    ]

    @Test func variantsAreNamedByTheirClassifier() {
        #expect(
            Self.trainers.map { CompositionOfExperts(classifier: $0).name }
                == ["coe-knn", "coe-logistic", "coe-network"])
    }

    @Test(arguments: 0..<3) func asksTheExpertOfTheGuessedCategory(trainer index: Int) throws {
        let router = try CompositionOfExperts(classifier: Self.trainers[index])
            .learn(from: MadeUpEvidence.evidence(), seed: 1)
        var random = SeededRandom(seed: 2)
        for category in ["west", "east"] {
            let view = MadeUpEvidence.view(category, using: &random)
            let plan = try router.recruit(for: view, seats: 3, using: &random)
            #expect(plan.experts.first == (category == "west" ? 0 : 1))
            #expect(plan.experts.sorted() == [0, 1, 2])
            let guessing = try #require(router as? any CategoryGuessing)
            let probabilities = guessing.categoryProbabilities(for: view)
            #expect(guessing.categoryNames == ["east", "west"])
            #expect(probabilities[category == "east" ? 0 : 1] > 0.5)
        }
    }

    /// Expectations are the category means weighted by the category probabilities: near the true chances.
    @Test func expectationsAreNearTheTruth() throws {
        let router = try CompositionOfExperts(classifier: LogisticCategories())
            .learn(from: MadeUpEvidence.evidence(questions: 2_000), seed: 1)
        var random = SeededRandom(seed: 3)
        let expected = router.expectations(for: MadeUpEvidence.view("west", using: &random))
        for (value, truth) in zip(expected, [0.9, 0.2, 0.6]) { #expect(abs(Double(value) - truth) < 0.06) }
    }

    /// left and right hold 14 billion; steady, with 70, does not fit and never sits.
    @Test func aBudgetOnParametersKeepsTheOthersOut() throws {
        let router = try CompositionOfExperts(classifier: NeighbourCategories(), budget: .parameters(20))
            .learn(from: MadeUpEvidence.evidence(), seed: 1)
        var random = SeededRandom(seed: 4)
        for _ in 0..<20 {
            let view = MadeUpEvidence.view("west", using: &random)
            #expect(try router.recruit(for: view, seats: 3, using: &random).experts == [0, 1])
        }
    }

    @Test func whereTheExpertOfTheCategoryIsClosedTheNextBestSits() throws {
        let router = try CompositionOfExperts(classifier: NeighbourCategories())
            .learn(from: MadeUpEvidence.evidence(), seed: 1)
        var random = SeededRandom(seed: 5)
        var view = MadeUpEvidence.view("west", using: &random)
        view.isOpen = [false, true, true]
        #expect(try router.recruit(for: view, seats: 1, using: &random).experts == [2])
    }

    /// Two categories in one place, so that no guess is sure; there each specialist is right 90 % at home and 10 % away,
    /// the generalist 70 % in both: half of all guesses are wrong, which costs more than the generalist does.
    @Test func anUnsureGuessGoesToTheGeneralist() throws {
        var random = SeededRandom(seed: 6)
        let categories = (0..<800).map { _ in random.below(2) == 0 ? "west" : "east" }
        let chances = ["west": [0.9, 0.1, 0.7], "east": [0.1, 0.9, 0.7]]
        let evidence = Evidence(
            experts: MadeUpEvidence.experts,
            views: categories.map { _ in QuestionView(vector: [1, Float(random.unit()) / 10]) },
            categories: categories,
            scores: categories.flatMap { (chances[$0] ?? []).map { random.unit() < $0 ? 1 : 0 } })
        let learner = CompositionOfExperts(classifier: NeighbourCategories())
        let composition = try learner.learnComposition(from: evidence, seed: 1)
        #expect(composition.generalist == 2)
        #expect(composition.threshold.most < 1)
        let view = QuestionView(vector: [1, 0.05])
        #expect(composition.servedCategory(for: view) == 2)
        #expect(try composition.recruit(for: view, seats: 1, using: &random).experts == [2])
        #expect(composition.outOfScopeSeparation == nil)
    }

    /// A third of the questions say nothing of their category and lie across the others: the guesser is less sure of them.
    @Test func questionsOfNoCategoryAreToldByUncertainty() throws {
        let inside = MadeUpEvidence.evidence(questions: 600, seed: 7)
        var views = inside.views
        for index in stride(from: 0, to: 600, by: 3) {
            views[index].vector = [0, 1] + [Float](repeating: 0, count: 14)
            views[index].vector[2 + index % 14] = 0.5
        }
        let evidence = Evidence(
            experts: inside.experts, views: views,
            categories: inside.categories.indices.map { $0.isMultiple(of: 3) ? nil : inside.categories[$0] },
            scores: inside.scores)
        let composition = try CompositionOfExperts(
            classifier: LogisticCategories(), semiSupervised: SemiSupervisedLabels(share: 1.1)
        ).learnComposition(from: evidence, seed: 1)
        #expect(try #require(composition.outOfScopeSeparation) > 0.8)
    }

    /// Law (routing by category, losses in 0...1): what the composition loses is at most what the mapping loses under the
    /// true categories, plus the share of questions served under another one.
    @Test(arguments: 0..<3) func losesAtMostTheMappingsLossPlusTheWrongGuesses(trainer index: Int) throws {
        for seed in 1...5 {
            let composition = try CompositionOfExperts(classifier: Self.trainers[index])
                .learnComposition(from: MadeUpEvidence.evidence(questions: 200, seed: UInt64(seed)), seed: 1)
            let fresh = MadeUpEvidence.evidence(questions: 300, seed: UInt64(100 + seed))
            var random = SeededRandom(seed: UInt64(seed))
            var (lost, lostByMapping, wrong) = (0.0, 0.0, 0.0)
            for question in fresh.views.indices {
                let view = fresh.views[question]
                let scores = Array(fresh.scores(of: question))
                let truth = try #require(
                    composition.categoryNames.firstIndex { $0 == fresh.categories[question] })
                let seat = try #require(composition.recruit(for: view, seats: 1, using: &random).experts.first)
                lost += 1 - Double(scores[seat])
                lostByMapping += 1 - Double(scores[composition.mapping.experts[truth]])
                if composition.servedCategory(for: view) != truth { wrong += 1 }
            }
            #expect(lost <= lostByMapping + wrong)
        }
    }

    @Test func refusesEvidenceItCannotLearnFrom() {
        let learner = CompositionOfExperts(classifier: NeighbourCategories())
        let nameless = Evidence(
            experts: MadeUpEvidence.experts, views: [QuestionView(vector: [1])], categories: [nil], scores: [1, 1, 1])
        #expect {
            try learner.learn(from: nameless, seed: 0)
        } throws: { error in
            (error as? Fault)?.sentence.hasPrefix("coe-knn: no question has a category.") == true
        }
        let blind = Evidence(
            experts: MadeUpEvidence.experts, views: [QuestionView(vector: [])], categories: ["law"], scores: [1, 1, 1])
        #expect {
            try learner.learn(from: blind, seed: 0)
        } throws: { error in
            (error as? Fault)?.sentence.hasPrefix("coe-knn: no question has a vector.") == true
        }
    }

    /// One expert was never asked, some answers are missing: it still learns, and every expectation is a probability.
    @Test(arguments: 0..<3) func missingOutcomesLeaveProbabilities(trainer index: Int) throws {
        let whole = MadeUpEvidence.evidence(questions: 100)
        let evidence = Evidence(
            experts: whole.experts, views: whole.views, categories: whole.categories,
            scores: whole.scores.indices.map { $0 % 3 == 2 || $0 % 7 == 0 ? .nan : whole.scores[$0] })
        let router = try CompositionOfExperts(classifier: Self.trainers[index]).learn(from: evidence, seed: 1)
        for view in whole.views {
            #expect(router.expectations(for: view).allSatisfy { $0 >= 0 && $0 <= 1 })
        }
    }
}
