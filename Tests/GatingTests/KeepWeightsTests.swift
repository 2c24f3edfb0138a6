import Gating
import Testing

struct KeepWeightsTests {
    @Test func keepingChangesNothing() {
        #expect(weighed([0.5, 0.125], by: KeepWeights()) == [0.5, 0.125])
    }
}
