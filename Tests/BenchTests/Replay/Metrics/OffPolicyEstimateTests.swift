import Bench
import Core
import Testing

struct OffPolicyEstimateTests {
    @Test func twoDecisionsByHand() throws {
        // Weights 0.9 / 0.5 = 1.8 with reward 1, and 0.2 / 0.5 = 0.4 with reward 0.
        // Inverse propensity (1.8 + 0) / 2 = 0.9. Self-normalised 1.8 / 2.2 = 0.81818.
        // Doubly robust: 0.6 + 1.8 · (1 − 0.5) = 1.5 and 0.4 + 0.4 · (0 − 0.5) = 0.2: mean 0.85.
        let found = try #require(
            OffPolicyEstimate([
                LoggedDecision(
                    action: 0, probability: 0.5, reward: 1, newProbability: 0.9, expected: 0.5, expectedOfPolicy: 0.6),
                LoggedDecision(
                    action: 1, probability: 0.5, reward: 0, newProbability: 0.2, expected: 0.5, expectedOfPolicy: 0.4),
            ]))
        #expect(abs(found.inversePropensity.value - 0.9) < 1e-12)
        #expect(abs(try #require(found.selfNormalised).value - 1.8 / 2.2) < 1e-12)
        #expect(abs(try #require(found.doublyRobust).value - 0.85) < 1e-12)
        #expect(found.logged.value == 0.5)
        #expect(abs(found.largestWeight - 1.8) < 1e-12)
        // (2.2)² / (1.8² + 0.4²) = 4.84 / 3.4.
        #expect(abs(found.effectiveDecisions - 4.84 / 3.4) < 1e-12)
        #expect(found.sentence.contains("too few to rely on"))
    }

    @Test func inversePropensityIsUnbiasedForAKnownLogger() throws {
        // Three experts, right with 0.3, 0.5, 0.8; logged with 0.6, 0.3, 0.1; the new policy asks with 0.1, 0.2, 0.7.
        // Truth: 0.03 + 0.1 + 0.56 = 0.69.
        var sums = (plain: 0.0, normalised: 0.0, robust: 0.0)
        for seed in 0..<60 {
            let found = try #require(OffPolicyEstimate(Self.log(1_000, UInt64(seed), model: 0.4), bootstrap: .quick))
            sums.plain += found.inversePropensity.value / 60
            sums.normalised += try #require(found.selfNormalised).value / 60
            sums.robust += try #require(found.doublyRobust).value / 60
        }
        // One estimate scatters by about 0.06: sixty by 0.008.
        #expect(abs(sums.plain - 0.69) < 0.025)
        #expect(abs(sums.normalised - 0.69) < 0.025)
        // Its model expects 0.4 of everybody, which is wrong: the probabilities make up for it.
        #expect(abs(sums.robust - 0.69) < 0.025)
    }

    @Test func aGoodModelMakesTheDoublyRobustEstimateTighter() throws {
        let found = try #require(OffPolicyEstimate(Self.log(4_000, 5, model: nil), bootstrap: .quick))
        let robust = try #require(found.doublyRobust).interval
        let plain = found.inversePropensity.interval
        #expect(robust.high - robust.low < plain.high - plain.low)
        #expect(robust.low < 0.69 && 0.69 < robust.high)
    }

    @Test func rowsWithoutProbabilitiesAreCountedAndLeftOut() throws {
        let good = LoggedDecision(action: 0, probability: 1, reward: 1, newProbability: 1)
        var rows = [good, good, good, good]
        rows[1].probability = 0
        rows[2].newProbability = .nan
        rows[3].reward = .infinity
        let found = try #require(OffPolicyEstimate(rows))
        #expect(found.decisions == 1)
        #expect(found.unusable == 3)
        #expect(found.doublyRobust == nil)
        #expect(OffPolicyEstimate([rows[1]]) == nil)
    }

    @Test func aPolicyThatDoesNothingThatWasLoggedHasNoNormalisedEstimate() throws {
        let row = LoggedDecision(action: 0, probability: 0.5, reward: 1, newProbability: 0)
        let found = try #require(OffPolicyEstimate([row, row]))
        #expect(found.selfNormalised == nil)
        #expect(found.effectiveDecisions == 0)
    }

    /// Decisions of the logger above; the model expects `model` of everybody, or the truth if it is nil.
    private static func log(_ count: Int, _ seed: UInt64, model: Double?) -> [LoggedDecision] {
        var random = SeededRandom(seed: seed)
        let truth = [0.3, 0.5, 0.8]
        let logged = [0.6, 0.3, 0.1]
        let new = [0.1, 0.2, 0.7]
        let expected = model.map { [$0, $0, $0] } ?? truth
        return (0..<count).map { _ in
            let draw = random.unit()
            let action = draw < 0.6 ? 0 : draw < 0.9 ? 1 : 2
            return LoggedDecision(
                action: action, probability: logged[action], reward: random.unit() < truth[action] ? 1 : 0,
                newProbability: new[action], expected: expected[action],
                expectedOfPolicy: zip(new, expected).reduce(0) { $0 + $1.0 * $1.1 })
        }
    }
}

extension PairedBootstrap {
    fileprivate static var quick: PairedBootstrap { PairedBootstrap(rounds: 200) }
}
