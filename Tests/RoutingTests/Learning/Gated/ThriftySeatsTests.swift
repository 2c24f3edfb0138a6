import Core
import Routing
import Testing

/// Thrift gives up dear experts where they are worth least, and no more of them than it must.
struct ThriftySeatsTests {
    private let evidence = MadeUpEvidence.evidence()

    @Test func keepsTheMeanCostWithinTheShare() throws {
        // `steady` costs ten times `left` and `right` and is 0.6 everywhere; the others are 0.9 in one half each.
        let router = try ThriftySeats(BestSingle(), share: 0.5).learn(from: evidence, seed: 1)
        var random = SeededRandom(seed: 3)
        let view = MadeUpEvidence.view("west", using: &random)
        let plan = try router.recruit(for: view, seats: 1, using: &random)
        #expect(plan.experts != [2], "the dear one takes the whole cost, not half of it")
    }

    @Test func changesNothingWhereNothingIsTooDear() throws {
        let plain = try NeighbourRouter().learn(from: evidence, seed: 1)
        let thrifty = try ThriftySeats(NeighbourRouter(), share: 1_000).learn(from: evidence, seed: 1)
        var random = SeededRandom(seed: 4)
        for category in ["west", "east", "west"] {
            let view = MadeUpEvidence.view(category, using: &random)
            let free = try plain.recruit(for: view, seats: 2, using: &random).experts
            #expect(try thrifty.recruit(for: view, seats: 2, using: &random).experts == free)
        }
    }

    @Test func aShareOfNothingAsksTheCheapest() throws {
        let dear = Evidence(
            experts: [.init(id: "dear", dollars: 0.9), .init(id: "cheap", dollars: 0.1)], views: evidence.views,
            categories: evidence.categories, scores: evidence.views.flatMap { _ in [Float(1), 0] })
        let router = try ThriftySeats(BestSingle(), share: 0).learn(from: dear, seed: 1)
        var random = SeededRandom(seed: 5)
        let view = MadeUpEvidence.view("east", using: &random)
        #expect(try router.recruit(for: view, seats: 1, using: &random).experts == [1])
    }

    @Test func needsAPriceOrASize() {
        let unknown = Evidence(
            experts: [.init(id: "a"), .init(id: "b")], views: evidence.views, categories: evidence.categories,
            scores: evidence.views.flatMap { _ in [Float(1), 0] })
        #expect {
            _ = try ThriftySeats(BestSingle()).learn(from: unknown, seed: 1)
        } throws: { error in
            (error as? Fault)?.sentence
                == "thrifty(best-single): no expert's price or size is known. Dollars with the outcomes, or sizes in the "
                + "experts' names, such as llama-8b. Replay best-single without thrift."
        }
    }
}
