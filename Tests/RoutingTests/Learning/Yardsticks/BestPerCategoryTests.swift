import Core
import Routing
import Testing

struct BestPerCategoryTests {
    private func view(_ category: String?) -> QuestionView { QuestionView(vector: [1], category: category) }

    @Test func onlyItMaySeeTheCategory() {
        #expect(BestPerCategory().seesCategory)
        #expect(!BestSingle().seesCategory)
    }

    @Test func seatsTheBestOfTheTrueCategory() throws {
        let router = try BestPerCategory().learn(from: MadeUpEvidence.evidence(), seed: 0)
        var random = SeededRandom(seed: 0)
        #expect(try router.recruit(for: view("west"), seats: 1, using: &random).experts == [0])
        #expect(try router.recruit(for: view("east"), seats: 1, using: &random).experts == [1])
    }

    @Test func aStrangeCategoryGetsTheOverallMeans() throws {
        let evidence = MadeUpEvidence.evidence()
        let router = try BestPerCategory().learn(from: evidence, seed: 0)
        let overall = try BestSingle().learn(from: evidence, seed: 0)
        for category in [nil, "north"] {
            #expect(router.expectations(for: view(category)) == overall.expectations(for: view(nil)))
        }
    }

    /// One expert; west: 8 of 10 right, east: 2 of 10. Overall (10 + 2 · 0.5) / 22 = 0.5. Moments: the spread between
    /// groups is 10 · 0.09 + 10 · 0.09 = 1.8, chance alone (2 − 1) · 0.25; n₀ = 20 − 200/20 = 10; τ² = 1.55/10 = 0.155.
    /// s = 0.25/0.155 − 1 = 0.613, below the least of 1: s = 1. West: (8 + 0.5)/11 = 0.7727.
    @Test func smallCategoriesAreDrawnTowardsTheMeanByHand() throws {
        let scores = (0..<20).map { index -> Float in index < 8 || (10..<12).contains(index) ? 1 : 0 }
        let evidence = Evidence(
            experts: [Evidence.Expert(id: "a")], views: scores.map { _ in QuestionView(vector: [1]) },
            categories: (0..<20).map { $0 < 10 ? "west" : "east" }, scores: scores)
        let router = try BestPerCategory().learn(from: evidence, seed: 0)
        #expect(abs(router.expectations(for: view("west"))[0] - 8.5 / 11) < 1e-6)
        #expect(abs(router.expectations(for: view("east"))[0] - 2.5 / 11) < 1e-6)
    }

    /// Where categories differ by no more than chance, all of them are expected to go as everything does: s is at its
    /// most, 1,000, and 5 of 10 in both is 0.5 in both.
    @Test func categoriesThatDifferByChanceAreTakenTogether() throws {
        let scores = (0..<20).map { index -> Float in index < 6 || (10..<15).contains(index) ? 1 : 0 }
        let evidence = Evidence(
            experts: [Evidence.Expert(id: "a")], views: scores.map { _ in QuestionView(vector: [1]) },
            categories: (0..<20).map { $0 < 10 ? "west" : "east" }, scores: scores)
        let router = try BestPerCategory().learn(from: evidence, seed: 0)
        let (west, east) = (router.expectations(for: view("west"))[0], router.expectations(for: view("east"))[0])
        #expect(west > east && west - east < 0.002)
    }

    @Test func refusesEvidenceWithoutCategories() {
        let evidence = Evidence(
            experts: [Evidence.Expert(id: "a")], views: [view(nil)], categories: [nil], scores: [1])
        #expect {
            try BestPerCategory().learn(from: evidence, seed: 0)
        } throws: { error in
            (error as? Fault)?.sentence.hasPrefix("best-per-category: no question has a category.") == true
        }
    }
}
