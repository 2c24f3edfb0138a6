import Bench
import Core
import Testing

struct PairedBootstrapTests {
    @Test func theIntervalOfAMeanIsAsWideAsTheoryHasIt() throws {
        // 400 wins and 600 losses: mean 0.4, standard error √(0.4 · 0.6 / 1000) = 0.01549; ±1.96 of it is 0.0304.
        let values = (0..<1_000).map { Float($0 < 400 ? 1 : 0) }
        let interval = try #require(PairedBootstrap().interval(ofMean: values))
        #expect(abs(interval.low - (0.4 - 0.0304)) < 0.003)
        #expect(abs(interval.high - (0.4 + 0.0304)) < 0.003)
    }

    @Test func blocksOfManyQuestionsGiveTheSameWidthAsSingleOnes() throws {
        // 60,000 questions in 4,096 blocks: standard error √(0.25 / 60000) = 0.00204; ±1.96 of it is 0.0040.
        var random = SeededRandom(seed: 5)
        let values = (0..<60_000).map { _ in Float(random.below(2)) }
        let mean = Double(values.reduce(0, +)) / 60_000
        let interval = try #require(PairedBootstrap(mostBlocks: 4_096).interval(ofMean: values))
        #expect(abs((interval.high - interval.low) - 0.0080) < 0.0006)
        #expect(abs((interval.high + interval.low) / 2 - mean) < 0.0005)
    }

    @Test func aSteadyDifferenceIsCertainHoweverMuchBothScatter() throws {
        // Ours is 0.25 above theirs on every question: every resample has the mean 0.25.
        var random = SeededRandom(seed: 2)
        let theirs = (0..<300).map { _ in Float(random.below(3)) / 4 }
        let ours = theirs.map { $0 + 0.25 }
        let interval = try #require(PairedBootstrap().interval(ofDifference: ours, from: theirs))
        #expect(interval == Interval(low: 0.25, high: 0.25))
        let unpaired = try #require(PairedBootstrap().interval(ofMean: ours))
        #expect(unpaired.high - unpaired.low > 0.02)
    }

    @Test func nineteenOfTwentyIntervalsHoldTheTruth() {
        // 300 samples of 200 throws with 0.3: about 285 of their intervals should hold 0.3, give or take √(300·.95·.05) = 4.
        var random = SeededRandom(seed: 11)
        var holding = 0
        for seed in 0..<300 {
            let values = (0..<200).map { _ in Float(random.unit() < 0.3 ? 1 : 0) }
            guard let found = PairedBootstrap(rounds: 400, seed: UInt64(seed)).interval(ofMean: values) else {
                continue
            }
            if found.low <= 0.3 && 0.3 <= found.high { holding += 1 }
        }
        #expect((268...298).contains(holding))
    }

    @Test func theSameSeedGivesTheSameBits() {
        let values = (0..<500).map { Float($0 % 7) }
        #expect(PairedBootstrap(seed: 3).interval(ofMean: values) == PairedBootstrap(seed: 3).interval(ofMean: values))
        #expect(PairedBootstrap(seed: 3).interval(ofMean: values) != PairedBootstrap(seed: 4).interval(ofMean: values))
    }

    @Test func questionsThatOneSideWasNotAskedAreLeftOut() {
        #expect(PairedBootstrap().interval(ofMean: [.nan, 1, 1]) == Interval(low: 1, high: 1))
        #expect(
            PairedBootstrap().interval(ofDifference: [1, .nan, 1], from: [0, 0, .nan]) == Interval(low: 1, high: 1))
        #expect(PairedBootstrap().interval(ofMean: [.nan]) == nil)
        #expect(PairedBootstrap().interval(ofMean: []) == nil)
    }
}
