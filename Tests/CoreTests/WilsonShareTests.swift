import Core
import Testing

struct WilsonShareTests {
    /// By hand: p = 0.9, n = 10, z² = 3.8416. Middle (0.9 + 0.19208) / 1.38416 = 0.78898; spread
    /// 1.96 · √(0.009 + 0.009604) / 1.38416 = 0.19314.
    @Test func theIntervalIsWilsons() {
        let share = WilsonShare(right: 9, of: 10)
        #expect(abs(share.low - 0.59584) < 1e-4 && abs(share.high - 0.98212) < 1e-4)
        #expect(share.text == "9 of 10 right (0.60 to 0.98)")
    }

    @Test func nothingAskedSaysNothing() {
        let share = WilsonShare()
        #expect(share.low == 0 && share.high == 1 && share.share == 0)
    }

    @Test func theIntervalHoldsTheShareAndStaysWithinBounds() {
        for of in 1...60 {
            for right in 0...of {
                let share = WilsonShare(right: right, of: of)
                #expect(0 <= share.low && share.low <= share.share + 1e-12)
                #expect(share.share <= share.high + 1e-12 && share.high <= 1)
            }
        }
    }
}
