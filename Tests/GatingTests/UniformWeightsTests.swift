import Gating
import Testing

struct UniformWeightsTests {
    @Test func uniformWeightsIgnoreTheScores() {
        #expect(weighed([9, -1, 0, 3], by: UniformWeights()) == [0.25, 0.25, 0.25, 0.25])
    }

    @Test func anEmptyRowStaysEmpty() {
        #expect(weighed([], by: UniformWeights()).isEmpty)
    }
}
