import Gating
import Support
import Testing

struct LinearShareTests {
    /// 1 + 2 + 5 = 8.
    @Test func dividesByTheSum() {
        #expect(normalised([1, 2, 5], by: LinearShare()) == [0.125, 0.25, 0.625])
    }

    /// The negative score counts as 0, the excluded ones not at all: 1 / 4, 0, 3 / 4.
    @Test func countsNegativeScoresAsZeroAndLeavesExcludedOnesOut() {
        let row = normalised([1, -6, 3, .nan, -.infinity], by: LinearShare())
        #expect(agree(row, [0.25, 0, 0.75, .nan, .nan], within: 0))
    }

    @Test func aRowOfZerosStaysZeros() {
        #expect(normalised([0, -2, 0], by: LinearShare()) == [0, 0, 0])
    }

    @Test func survivesScoresOfAnySize() {
        #expect(normalised([3e38, 1e38, 0], by: LinearShare())[0] == 0.75)
        #expect(normalised([.infinity, 5, .infinity], by: LinearShare()) == [0.5, 0, 0.5])
        #expect(normalised([.leastNonzeroMagnitude, .leastNonzeroMagnitude], by: LinearShare()) == [0.5, 0.5])
    }

    @Test func sumsToOne() {
        var random = TestRandom(seed: 40)
        for _ in 0..<200 {
            let row = (0..<30).map { _ in abs(random.score()) }
            #expect(abs(normalised(row, by: LinearShare()).reduce(0, +) - 1) < 1e-5)
        }
    }
}
