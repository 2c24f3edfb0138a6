import Foundation
import Gating
import Support
import Testing

struct NaturalLogarithmTests {
    @Test func theLogarithmAgreesWithTheCLibrary() {
        var random = TestRandom(seed: 71)
        for _ in 0..<100_000 {
            let x = Double(bitPattern: random.next() >> 1)
            guard x.isFinite, x > 0 else { continue }
            let expected = Foundation.log(x)
            #expect(abs(naturalLogarithm(x) - expected) <= 4 * expected.ulp)
        }
        for step in 1...4000 {
            let x = Double(step) / 2000
            let expected = Foundation.log(x)
            #expect(abs(naturalLogarithm(x) - expected) <= 4 * max(expected.ulp, 1e-17))
        }
    }

    @Test func theLogarithmKnowsItsBorders() {
        #expect(naturalLogarithm(1) == 0)
        #expect(naturalLogarithm(0) == -.infinity)
        #expect(naturalLogarithm(.infinity) == .infinity)
        #expect(naturalLogarithm(-1).isNaN)
        #expect(naturalLogarithm(.nan).isNaN)
    }
}
