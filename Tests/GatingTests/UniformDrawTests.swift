import Gating
import Testing

struct UniformDrawTests {
    /// The lowest eleven bits are dropped; all ones give 1 - 2⁻⁵³.
    @Test func aUniformDrawIsTheUpperBitsOfOneNumber() {
        var random = ScriptedRandom([0, 2047, 2048, 1 << 63, .max])
        #expect(random.uniformDraw() == 0)
        #expect(random.uniformDraw() == 0)
        #expect(random.uniformDraw() == 0x1p-53)
        #expect(random.uniformDraw() == 0.5)
        #expect(random.uniformDraw() == 1 - 0x1p-53)
        #expect(random.asked == 5)
    }
}
