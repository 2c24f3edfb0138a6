import Gating
import Testing

struct ScaleTests {
    @Test func scalingMultipliesAfterTheInnerPolicy() throws {
        #expect(try weighed([0.5, 0.25], by: Scale(by: 2)) == [1, 0.5])
        #expect(try weighed([1, 3], by: Scale(by: 2, after: Renormalise())) == [0.5, 1.5])
    }

    @Test(arguments: [Float.nan, .infinity])
    func scalingRefusesAFactorThatIsNotFinite(factor: Float) {
        let refusal = #expect(throws: GateRefusal.self) { try Scale(by: factor) }
        #expect(refusal?.subject == "Scale.by")
    }

    @Test func anEmptyRowStaysEmpty() throws {
        #expect(try weighed([], by: Scale(by: 2)).isEmpty)
    }
}
