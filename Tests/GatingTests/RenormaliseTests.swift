import Gating
import Support
import Testing

struct RenormaliseTests {
    /// 0.5 + 0.125 = 0.625; 0.5 / 0.625 = 0.8.
    @Test func renormalisingMakesOneOfTheSeats() {
        #expect(agree(weighed([0.5, 0.125], by: Renormalise()), [0.8, 0.2], within: 1e-7))
    }

    @Test(arguments: [[0, 0], [-1, -2], [.infinity, 1]] as [[Float]])
    func renormalisingSharesEquallyWhereThereIsNoUsableSum(weights: [Float]) {
        #expect(weighed(weights, by: Renormalise()) == [0.5, 0.5])
    }

    @Test func renormalisingCountsNegativeWeightsAsZero() {
        #expect(weighed([-3, 1, 3], by: Renormalise()) == [0, 0.25, 0.75])
    }

    @Test func renormalisedWeightsSumToOne() {
        var random = TestRandom(seed: 8)
        for _ in 0..<300 {
            let weights = (0..<1 + Int(random.next() % 16)).map { _ in random.score() }
            #expect(abs(weighed(weights, by: Renormalise()).reduce(0, +) - 1) < 1e-5)
        }
    }

    @Test func anEmptyRowStaysEmpty() {
        #expect(weighed([], by: Renormalise()).isEmpty)
    }
}
