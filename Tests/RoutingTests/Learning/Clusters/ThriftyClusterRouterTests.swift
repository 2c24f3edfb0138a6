import Core
import Routing
import Testing

struct ThriftyClusterRouterTests {
    /// In the first cluster accuracy is 1, 0 and 0.5, dollars 4, 1 and 2, so thrift is 0, 3/4 and 1/2. At α = 0.4:
    /// a 0.4, b 0.6 · 0.75 = 0.45, c 0.4 · 0.5 + 0.6 · 0.5 = 0.5. At α = 0.7: a 0.7, b 0.225, c 0.35 + 0.15 = 0.5.
    @Test(
        arguments: [
            (0.4, [2, 1, 0]), (0.7, [0, 2, 1]), (1.0, [0, 2, 1]), (0.0, [1, 2, 0]),
        ] as [(Double, [Int])])
    func weighsAccuracyAgainstCost(share: Double, seats: [Int]) throws {
        let router = try ThriftyClusterRouter(accuracyShare: share, clusters: 2, nearest: 1)
            .learn(from: ClusterRouterTests.twoClusters, seed: 1)
        var random = SeededRandom(seed: 1)
        let plan = try router.recruit(for: QuestionView(vector: [1, 0]), seats: 3, using: &random)
        #expect(plan.experts == seats)
    }

    @Test func expectsProbabilitiesWhateverTheScoreWeighs() throws {
        let careful = try ThriftyClusterRouter(accuracyShare: 1).learn(from: MadeUpEvidence.evidence(), seed: 1)
        let thrifty = try ThriftyClusterRouter(accuracyShare: 0).learn(from: MadeUpEvidence.evidence(), seed: 1)
        var random = SeededRandom(seed: 1)
        let view = MadeUpEvidence.view("west", using: &random)
        #expect(careful.expectations(for: view) == thrifty.expectations(for: view))
    }

    @Test func needsToKnowWhatEveryExpertCosts() {
        let evidence = Evidence(
            experts: [.init(id: "a", dollars: 1), .init(id: "b", activeParameters: 7)],
            views: [QuestionView(vector: [1])], categories: [nil], scores: [1, 1])
        let fault = #expect(throws: Fault.self) { _ = try ThriftyClusterRouter().learn(from: evidence, seed: 1) }
        #expect(
            fault?.sentence
                == "clusters-pro: neither the price nor the active parameters are known of every expert. "
                + "dollars for all 2 experts, or active parameters for all. "
                + "Give the experts a price, or choose another mechanism.")
    }
}
