import Core
import Routing
import Testing

struct ThompsonSamplingTests {
    /// Beside two outcomes at the overall mean, each of the 4 recorded outcomes counts half. a scored 1, 1, 1, 0: overall
    /// (3 + 2 · pool) / 6 with pool = 4/8, so 2/3; α = 2 · 2/3 + ½ · 3 = 17/6, β = 2/3 + ½ = 7/6: mean 17/24.
    @Test func beginsWithWhatWasRecordedDiscounted() throws {
        let router = try ThompsonSampling(clusters: 1, discount: 0.5).learn(from: Self.four, seed: 1)
        let expected = router.expectations(for: QuestionView(vector: [1, 0]))
        #expect(abs(expected[0] - 17 / 24) < 1e-6)
        #expect(abs(expected[1] - 7 / 24) < 1e-6)
    }

    @Test func canBeginWithoutARecord() throws {
        let nothing = Evidence(experts: [.init(id: "a"), .init(id: "b")], views: [], categories: [], scores: [])
        let router = try ThompsonSampling().learn(from: nothing, seed: 1)
        let view = QuestionView(vector: [1, 0])
        #expect(router.expectations(for: view) == [0.5, 0.5])
        var random = SeededRandom(seed: 1)
        let plan = try router.recruit(for: view, seats: 1, using: &random)
        #expect(abs(plan.probabilities[0] - 0.5) < 1e-9)
    }

    /// Beta(1, 1) and one success is Beta(2, 1): mean 2/3. Then half a success: Beta(2.5, 1.5), mean 5/8.
    @Test func learnsFromWhatItCausesOnly() throws {
        let router = try ThompsonSampling(discount: 0).learn(from: Self.four, seed: 1)
        var online = try #require(router as? any OnlineRouter)
        let view = QuestionView(vector: [1, 0])
        online.observe(1, of: 0, on: view)
        #expect(abs(online.expectations(for: view)[0] - 2 / 3) < 1e-6)
        online.observe(0.5, of: 0, on: view)
        #expect(abs(online.expectations(for: view)[0] - 5 / 8) < 1e-6)
        #expect(online.expectations(for: view)[1] == 0.5)
    }

    @Test func anOutcomeThatIsNoneChangesNothing() throws {
        let router = try ThompsonSampling().learn(from: Self.four, seed: 1)
        var online = try #require(router as? any OnlineRouter)
        let view = QuestionView(vector: [1, 0])
        let before = online.expectations(for: view)
        for score in [Float.nan, -1, 2] { online.observe(score, of: 0, on: view) }
        online.observe(1, of: 9, on: view)
        #expect(online.expectations(for: view) == before)
    }

    @Test func asksTheBetterExpertMoreAndMore() throws {
        let nothing = Evidence(experts: [.init(id: "a"), .init(id: "b")], views: [], categories: [], scores: [])
        let router = try ThompsonSampling().learn(from: nothing, seed: 1)
        var online = try #require(router as? any OnlineRouter)
        var random = SeededRandom(seed: 7)
        var better = 0
        for turn in 0..<600 {
            let view = QuestionView(vector: [1, 0])
            let expert = try online.recruit(for: view, seats: 1, using: &random).experts[0]
            online.observe(random.unit() < [0.3, 0.6][expert] ? 1 : 0, of: expert, on: view)
            if turn >= 300, expert == 1 { better += 1 }
        }
        #expect(better > 270)
    }

    /// Off-policy estimates divide by the probabilities: what is said of a choice is how often it is made.
    @Test func saysHowLikelyItsChoicesAre() throws {
        let router = try ThompsonSampling(clusters: 1, discount: 1).learn(from: Self.four, seed: 1)
        let view = QuestionView(vector: [1, 0])
        var random = SeededRandom(seed: 1)
        var count = 0.0
        var said: Double?
        for _ in 0..<4000 {
            let plan = try router.recruit(for: view, seats: 2, using: &random)
            #expect(Set(plan.experts) == [0, 1])
            // The second seat has one candidate left.
            #expect(plan.probabilities[1] == 1)
            if plan.experts[0] == 0 {
                count += 1
                said = plan.probabilities[0]
            } else if let said {
                #expect(abs(plan.probabilities[0] + said - 1) < 1e-9)
            }
        }
        // Four spreads of a share of 4,000.
        #expect(abs(count / 4000 - (said ?? 0)) < 0.032)
    }

    @Test func neverSeatsAClosedExpert() throws {
        let router = try ThompsonSampling().learn(from: Self.four, seed: 1)
        var random = SeededRandom(seed: 1)
        let view = QuestionView(vector: [1, 0], isOpen: [false, true])
        let plan = try router.recruit(for: view, seats: 2, using: &random)
        #expect(plan.experts == [1])
        #expect(plan.probabilities == [1])
    }

    private static let four = Evidence(
        experts: [.init(id: "a"), .init(id: "b")],
        views: (0..<4).map { _ in QuestionView(vector: [1, 0]) }, categories: [nil, nil, nil, nil],
        scores: [1, 0, 1, 0, 1, 0, 0, 1])
}
