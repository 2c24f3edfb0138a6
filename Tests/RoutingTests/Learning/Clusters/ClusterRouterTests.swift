import Core
import Routing
import Testing

struct ClusterRouterTests {
    /// One cluster: accuracy 1, 0 and 0.5, so ranks 0, 2 and 1, and scores 1/0.1, 1/2.1 and 1/1.1.
    @Test func seatsByRankWithinTheCluster() throws {
        let evidence = Evidence(
            experts: ["a", "b", "c"].map { .init(id: ExpertID($0)) },
            views: [[1, 0], [1, 0]].map { QuestionView(vector: $0) }, categories: [nil, nil],
            scores: [1, 0, 1, 1, 0, 0])
        let router = try ClusterRouter().learn(from: evidence, seed: 1)
        var random = SeededRandom(seed: 1)
        let plan = try router.recruit(for: QuestionView(vector: [1, 0]), seats: 3, using: &random)
        #expect(plan.experts == [0, 2, 1])
        #expect(plan.probabilities == [1, 1, 1])
        #expect(!plan.isLadder)
    }

    /// A question between two clusters: each says the other's best is its worst, the third is second in both.
    /// score(a) = score(b) = (10 + 1/2.1) / 2 = 5.2, score(c) = 1/1.1 = 0.9: a first rank outweighs two second ranks.
    @Test func aFirstRankOutweighsTwoSecondRanks() throws {
        let router = try ClusterRouter(clusters: 2, nearest: 2).learn(from: Self.twoClusters, seed: 1)
        var random = SeededRandom(seed: 1)
        let plan = try router.recruit(for: QuestionView(vector: [1, 1]), seats: 3, using: &random)
        #expect(plan.experts.last == 2)
        #expect(abs(plan.expected[0] - plan.expected[1]) < 1e-5)
    }

    @Test func aQuestionNearAClusterIsAnsweredByItsBest() throws {
        let router = try ClusterRouter(clusters: 2).learn(from: Self.twoClusters, seed: 1)
        var random = SeededRandom(seed: 1)
        #expect(try router.recruit(for: QuestionView(vector: [1, 0]), seats: 1, using: &random).experts == [0])
        #expect(try router.recruit(for: QuestionView(vector: [0, 1]), seats: 1, using: &random).experts == [1])
    }

    @Test func neverSeatsAClosedExpert() throws {
        let router = try ClusterRouter(clusters: 2).learn(from: Self.twoClusters, seed: 1)
        var random = SeededRandom(seed: 1)
        let view = QuestionView(vector: [1, 0], isOpen: [false, true, true])
        #expect(try router.recruit(for: view, seats: 3, using: &random).experts == [2, 1])
    }

    @Test func expectationsAreCalibratedOnQuestionsOfTheSameKind() throws {
        let router = try ClusterRouter(clusters: 4).learn(from: MadeUpEvidence.evidence(questions: 2000), seed: 1)
        var random = SeededRandom(seed: 2)
        for (category, chances) in [("west", [0.9, 0.2, 0.6]), ("east", [0.2, 0.9, 0.6])] {
            let view = MadeUpEvidence.view(category, using: &random)
            for (expected, chance) in zip(router.expectations(for: view), chances) {
                #expect(abs(Double(expected) - chance) < 0.08)
            }
        }
    }

    @Test func refusesToLearnFromNothing() {
        let nothing = Evidence(experts: [.init(id: "a")], views: [], categories: [], scores: [])
        #expect(throws: Fault.self) { _ = try ClusterRouter().learn(from: nothing, seed: 1) }
    }

    /// Ten questions each around [1, 0] and [0, 1]. In the first a is always right, b never, c half of the time; in the
    /// second a and b change places.
    static let twoClusters = Evidence(
        experts: [.init(id: "a", dollars: 4), .init(id: "b", dollars: 1), .init(id: "c", dollars: 2)],
        views: (0..<20).map { QuestionView(vector: $0 < 10 ? [1, 0] : [0, 1]) },
        categories: Array(repeating: nil, count: 20),
        scores: (0..<20).flatMap { (question: Int) -> [Float] in
            let half = Float(question % 2)
            return question < 10 ? [1, 0, half] : [0, 1, half]
        })
}
