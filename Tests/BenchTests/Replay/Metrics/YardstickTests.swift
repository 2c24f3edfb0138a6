import Bench
import Testing

struct YardstickTests {
    @Test func evenPicksOfFourExpertsHaveTwoBits() {
        #expect(PickEntropy.bits(of: [5, 5, 5, 5]) == 2)
        #expect(PickEntropy.bits(of: [9, 0, 0]) == 0)
        // ¾ log₂(4/3) + ¼ · 2 = 0.3113 + 0.5.
        #expect(abs(PickEntropy.bits(of: [3, 1]) - 0.8113) < 1e-4)
        #expect(PickEntropy.bits(of: []) == 0)
    }

    @Test func theGapToTheOracleIsClosedFromTheBestSingleUp() throws {
        let marks = OracleGap(bestSingle: 0.6, oracle: 0.8)
        // (0.65 − 0.6) / 0.2 = 0.25; below the best single it is negative.
        #expect(abs(try #require(marks.closed(by: 0.65)) - 0.25) < 1e-12)
        #expect(abs(try #require(marks.closed(by: 0.5)) + 0.5) < 1e-12)
        #expect(abs(try #require(marks.relativeToBest(0.66)) - 1.1) < 1e-12)
        #expect(OracleGap(bestSingle: 0.8, oracle: 0.8).closed(by: 0.8) == nil)
        #expect(OracleGap(bestSingle: 0, oracle: 1).relativeToBest(0.5) == nil)
    }

    @Test func theLiftComparesSlopesFromTheSmallExpert() throws {
        // Small (1, 0.5), large (51, 0.7): 0.004 a dollar. A method at (11, 0.6) buys 0.01 a dollar: lift 1.5.
        let benefit = IncrementalBenefit(
            small: .init(cost: 1, quality: 0.5), large: .init(cost: 51, quality: 0.7))
        #expect(abs(try #require(benefit.lift(of: .init(cost: 11, quality: 0.6))) - 1.5) < 1e-9)
        // On the straight line there is no lift; at the small expert's price no slope.
        #expect(abs(try #require(benefit.lift(of: .init(cost: 26, quality: 0.6)))) < 1e-9)
        #expect(benefit.lift(of: .init(cost: 1, quality: 0.9)) == nil)
    }

    @Test func calibrationTellsErrorFromBias() throws {
        // Ten answers expected with 0.75 of which 5 are right: Brier (5 · 0.0625 + 5 · 0.5625) / 10 = 0.3125,
        // reliability (0.75 − 0.5)² = 0.0625.
        let scores = (0..<10).map { Float($0 % 2) }
        let biased = try #require(
            Calibration(expectations: [Float](repeating: 0.75, count: 10), scores: scores))
        #expect(abs(biased.brier - 0.3125) < 1e-12)
        #expect(abs(biased.reliability - 0.0625) < 1e-12)
        let honest = try #require(
            Calibration(expectations: [Float](repeating: 0.5, count: 10), scores: scores))
        #expect(honest.reliability == 0)
        #expect(Calibration(expectations: [.nan], scores: [1]) == nil)
        // Beyond 0…1 an expectation counts as the end it passed.
        #expect(Calibration(expectations: [7], scores: [1])?.brier == 0)
    }
}
