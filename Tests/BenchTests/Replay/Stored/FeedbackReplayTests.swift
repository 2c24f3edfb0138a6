import Bench
import Core
import Routing
import Support
import Testing

struct FeedbackReplayTests {
    private let world = JudgedWorld()
    private let uniform = RoutingPlan(strategy: .random, seats: 1)

    /// One expert of two by lot, probability 1/2 each; ten times the rewards a 1, b 0, a 0.5, a 0. Always a: weights 2, 0,
    /// 2, 2. Inverse propensity (2 · 1 + 2 · 0.5)/4 = 0.75, self-normalised 3/6 = 0.5, logged mean 0.375, mean weight 1.5,
    /// effective decisions 60²/(30 · 4) = 30.
    @Test func oneExpertAloneByHand() throws {
        let four: [(expert: ExpertID, score: Double)] = [("a", 1), ("b", 0), ("a", 0.5), ("a", 0)]
        let judged = try (0..<40).map { number in
            let drawn = four[number % 4]
            let recruitment = Recruitment(
                strategy: "random", seats: [.init(expert: drawn.expert, probability: 0.5)],
                suitabilities: ["a", "b"].map {
                    .init(expert: $0, local: 0, strength: 0, weight: 1, probability: 0.5)
                }, seed: 0, reason: "")
            return try JudgedWorld.judged(JudgedWorld.trace(number, recruitment: recruitment), drawn.score)
        }
        let found = try world.finding(RoutingPlan(strategy: .fixed, members: ["a"]), judged)
        let estimate = try #require(found.estimate)
        #expect(estimate.inversePropensity.value == 0.75 && estimate.selfNormalised?.value == 0.5)
        #expect(estimate.logged.value == 0.375 && estimate.effectiveDecisions == 30)
        #expect(found.covered == 40 && found.strangers.isEmpty)
        #expect(
            found.warnings == [
                "weights average 1.50 where 1 is expected: the log does not cover what this policy does, or is too small"
            ])
    }

    @Test(arguments: [
        RoutingPlan(), RoutingPlan(seats: 2, repeats: false), RoutingPlan(seats: 2, normaliser: .softmax),
        RoutingPlan(draw: .top), RoutingPlan(strategy: .random, seats: 2, repeats: false),
        RoutingPlan(strategy: .value, seats: 1), RoutingPlan(strategy: .fixed, members: ["b", "a"]),
    ])
    func aPolicyEqualToTheLoggerEarnsThePlainMean(_ plan: RoutingPlan) throws {
        let judged = try world.log(plan, count: 200, seed: 3)
        let mean = judged.reduce(0) { $0 + $1.feedback.score } / 200
        let found = try world.finding(plan, judged)
        let estimate = try #require(found.estimate)
        #expect(found.covered == 200 && found.warnings.isEmpty)
        #expect(estimate.effectiveDecisions == 200 && estimate.largestWeight == 1)
        #expect(abs(estimate.inversePropensity.value - mean) < 1e-12)
        #expect(abs((estimate.selfNormalised?.value ?? 0) - mean) < 1e-12)
        #expect(abs((estimate.doublyRobust?.value ?? 0) - mean) < 0.1)
    }

    /// Law: of 100 logs the 95 % intervals hold the truth in about 95. With 100 the count scatters by 2.2 around 95, and
    /// bootstrap intervals are a little narrow; 87 is three and a half deviations away.
    @Test func intervalsHoldTheTruthInNineteenOfTwentyLogs() throws {
        let policy = RoutingPlan(seats: 1)
        let truth = try world.value(of: policy)
        #expect(try abs(truth - world.value(of: uniform)) > 0.05)
        var holds = [0, 0, 0]
        var widths = [0.0, 0, 0]
        for seed in 0..<100 {
            let judged = try world.log(uniform, count: 300, seed: UInt64(seed))
            let estimate = try #require(try world.finding(policy, judged).estimate)
            let all = [
                estimate.inversePropensity, try #require(estimate.selfNormalised), try #require(estimate.doublyRobust),
            ]
            for (index, one) in all.enumerated() {
                if one.interval.low <= truth, truth <= one.interval.high { holds[index] += 1 }
                widths[index] += one.interval.high - one.interval.low
            }
        }
        for count in holds { #expect((87...100).contains(count), "\(holds)") }
        #expect(widths[2] < widths[0], "the model takes noise away: \(widths)")
    }

    /// The joint probability is the product of sequential draws: with shares in their place this would be biased. The
    /// uniform pair earns the mean truth of all experts, (0.9 + 0.5 + 0.3 + 0.2 + 0.6 + 0.8)/6 = 0.55.
    @Test func panelsWithoutRepeatsAreWeighedByTheirDraws() throws {
        let logger = RoutingPlan(seats: 2, repeats: false)
        let policy = RoutingPlan(strategy: .random, seats: 2, repeats: false)
        var holds = 0
        var meanWeight = 0.0
        for seed in 0..<60 {
            let judged = try world.log(logger, count: 400, seed: UInt64(1000 + seed))
            let estimate = try #require(try world.finding(policy, judged).estimate)
            let interval = try #require(estimate.doublyRobust).interval
            if interval.low <= 0.55, 0.55 <= interval.high { holds += 1 }
            meanWeight += estimate.meanWeight / 60
        }
        #expect(holds >= 49, "\(holds) of 60")
        #expect(abs(meanWeight - 1) < 0.03, "\(meanWeight)")
    }

    @Test func anExpertThatTheLogCouldNeverChooseHasNoEstimate() throws {
        let judged = try world.log(RoutingPlan(strategy: .fixed, members: ["a"]), count: 40, seed: 1)
        let found = try world.finding(RoutingPlan(strategy: .fixed, members: ["b"]), judged)
        #expect(found.estimate == nil && found.covered == 0)
        #expect(found.strangers == [.init(expert: "b", decisions: 40)])
        #expect(
            found.warnings == [
                "the logged policy could never choose b (40) where this policy would: no estimate"
            ])
    }

    /// The log always takes the best of the skill: a for law, c for art. One that always asks a is judged on law alone.
    @Test func decisionsThatTheLogCannotSpeakOfAreLeftOut() throws {
        let judged = try world.log(RoutingPlan(seats: 1, draw: .top), count: 200, seed: 2)
        let law = judged.filter { $0.trace.need.skills == ["law"] }
        let found = try world.finding(RoutingPlan(strategy: .fixed, members: ["a"]), judged)
        let estimate = try #require(found.estimate)
        #expect(found.covered == law.count && law.count < 200)
        #expect(
            abs(estimate.inversePropensity.value - law.reduce(0) { $0 + $1.feedback.score } / Double(law.count)) < 1e-12
        )
        #expect(found.strangers == [.init(expert: "a", decisions: 200 - law.count)])
        #expect(found.warnings.contains("the estimates speak of \(law.count) of 200 decisions only"))
    }

    @Test func anotherNumberOfSeatsIsAnotherThing() throws {
        let judged = try world.log(RoutingPlan(seats: 3), count: 30, seed: 2)
        let found = try world.finding(uniform, judged)
        #expect(found.estimate == nil && found.otherSeats == 30)
        #expect(found.warnings == ["in 30 of 30 decisions the log recruited another number of experts: left out"])
    }

    /// Repeats are possible for the policy and not for the log: the weights tell, since their mean falls short of 1. A
    /// uniform pair is one of two different experts in 2 of 3 cases.
    @Test func weightsThatFallShortAreToldOf() throws {
        let judged = try world.log(RoutingPlan(strategy: .random, seats: 2, repeats: false), count: 300, seed: 4)
        let found = try world.finding(RoutingPlan(strategy: .random, seats: 2), judged)
        #expect(try abs(#require(found.estimate).meanWeight - 2.0 / 3) < 1e-6)
        #expect(
            found.warnings == [
                "weights average 0.67 where 1 is expected: the log does not cover what this policy does, or is too small"
            ])
    }

    @Test func whoeverNamedTheExpertRoutedNothing() throws {
        var judged = try world.log(uniform, count: 5, seed: 1)
        judged[0].trace.need = Need(annotator: "none", mentions: [])
        let replay = world.replay(judged)
        #expect(replay.decisions == 4 && replay.addressed == 1)
    }

    @Test func expertsWhoCameLaterAreNotSeatedThen() throws {
        let judged = try world.log(uniform, count: 50, seed: 1)
        let cards = world.cards + [ExpertCard(id: "new", kind: .scripted)]
        let replay = world.replay(judged, cards: cards)
        let drawn = try replay.finding(for: StoredPolicy(name: "new", plan: uniform))
        #expect(drawn.estimate?.largestWeight == 1 && drawn.covered == 50)
        let alone = try replay.finding(
            for: StoredPolicy(name: "new", plan: RoutingPlan(strategy: .fixed, members: ["new"])))
        #expect(alone.estimate == nil && alone.strangers == [.init(expert: "new", decisions: 50)])
    }

    @Test func aSeatOfAnExpertWhoIsGoneIsNeverDrawnAgain() throws {
        let judged = try world.log(uniform, count: 60, seed: 1)
        let replay = world.replay(judged, cards: Array(world.cards[..<2]))
        let estimate = try #require(try replay.finding(for: StoredPolicy(name: "new", plan: uniform)).estimate)
        let stayed = judged.filter { $0.trace.recruitment.experts != ["c"] }
        // Two are left, so each is drawn with 1/2 in place of 1/3: weight 1.5 where it was logged.
        #expect(abs(estimate.meanWeight - 1.5 * Double(stayed.count) / 60) < 1e-6)
    }

    @Test func theOrderOfTheTracesChangesNothing() throws {
        let judged = try world.log(uniform, count: 80, seed: 9)
        let policy = RoutingPlan(seats: 1)
        let forth = try world.finding(policy, judged)
        let back = try world.finding(policy, judged.reversed())
        #expect(forth.estimate?.doublyRobust == back.estimate?.doublyRobust)
        #expect(forth.estimate?.inversePropensity == back.estimate?.inversePropensity)
    }

    @Test func withoutFeedbackNothingIsEstimated() throws {
        let found = try world.finding(uniform, [])
        #expect(found.estimate == nil)
        #expect(found.warnings == ["no routed question has feedback yet: no estimate"])
    }

    @Test func aTraceWithBrokenProbabilitiesIsLeftOut() throws {
        var judged = try world.log(uniform, count: 40, seed: 1)
        judged[3].trace.recruitment.seats[0].probability = 0
        judged[4].trace.recruitment.seats[0].probability = .nan
        let found = try world.finding(uniform, judged)
        #expect(found.estimate?.decisions == 38 && found.estimate?.unusable == 2)
        #expect(found.warnings == ["2 decisions hold no usable probability: left out"])
    }
}
