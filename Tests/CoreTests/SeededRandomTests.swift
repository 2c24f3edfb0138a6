import Core
import Testing

struct SeededRandomTests {
    /// The first outputs of SplitMix64 for seed 1234567, as published with its reference implementation.
    @Test func givesThePublishedSequence() {
        var random = SeededRandom(seed: 1_234_567)
        let drawn = (0..<5).map { _ in random.next() }
        #expect(
            drawn == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test func unitNumbersStayBelowOneAndSpread() {
        var random = SeededRandom(seed: 5)
        let drawn = (0..<10_000).map { _ in random.unit() }
        #expect(drawn.allSatisfy { $0 >= 0 && $0 < 1 })
        let mean = drawn.reduce(0, +) / 10_000
        #expect(abs(mean - 0.5) < 0.02)  // five standard errors of the mean are 0.0144
    }

    @Test func shufflingKeepsEveryElementAndRepeatsWithTheSeed() {
        var first = Array(0..<50)
        var second = first
        var a = SeededRandom(seed: 9)
        var b = SeededRandom(seed: 9)
        a.shuffle(&first)
        b.shuffle(&second)
        #expect(first == second)
        #expect(first.sorted() == Array(0..<50))
        #expect(first != Array(0..<50))
    }

    @Test func derivedSeedsDifferAndFitIntoJSON() {
        let seeds = (0..<1_000).map { SeededRandom.derived(from: 7, index: $0) }
        #expect(Set(seeds).count == 1_000)
        #expect(seeds.allSatisfy { $0 < 1 << 53 })
    }
}
