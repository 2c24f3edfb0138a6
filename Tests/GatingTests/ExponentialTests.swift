import Foundation
import Gating
import Testing

struct ExponentialTests {
    @Test func theExponentialAgreesWithTheCLibrary() {
        for step in -70_000...70_900 {
            let x = Double(step) / 100 + 0.00317
            let expected = Foundation.exp(x)
            #expect(abs(exponential(x) - expected) <= 4 * expected.ulp)
        }
    }

    @Test func theExponentialKnowsItsBorders() {
        #expect(exponential(0) == 1)
        #expect(exponential(-.infinity) == 0)
        #expect(exponential(.infinity) == .infinity)
        #expect(exponential(1000) == .infinity)
        #expect(exponential(-1000) == 0)
        #expect(exponential(.nan).isNaN)
        #expect(exponential(-740) == Foundation.exp(-740))
        #expect(exponential(709.7).isFinite)
    }
}
