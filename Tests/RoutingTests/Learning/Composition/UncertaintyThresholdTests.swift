import Core
import Routing
import Testing

struct UncertaintyThresholdTests {
    /// Two of four alike: H = ln 2, and ln 2 / ln 4 = 1/2.
    @Test func entropyIsMeasuredAgainstTheMostThereCanBe() {
        #expect(UncertaintyThreshold.uncertainty(of: [1, 0, 0, 0]) == 0)
        #expect(abs(UncertaintyThreshold.uncertainty(of: [0.5, 0.5, 0, 0]) - 0.5) < 1e-12)
        #expect(abs(UncertaintyThreshold.uncertainty(of: [0.25, 0.25, 0.25, 0.25]) - 1) < 1e-12)
        #expect(UncertaintyThreshold.uncertainty(of: [1]) == 0)
    }

    /// Losses guessed 1 1 0 0 against general 0 0 1 1, from the most uncertain on: sending the first two away saves 2,
    /// three 1, all 0. 2 is more than √(1 + 1), so the line lies at the third's 0.4.
    @Test func theLineIsDrawnWhereTheLossIsLeast() {
        let threshold = UncertaintyThreshold(
            sweeping: [0.4, 0.9, 0.2, 0.7], guessed: [0, 1, 0, 1], general: [1, 0, 1, 0])
        #expect(threshold.most == 0.4)
        #expect(threshold.isExceeded(by: [0.5, 0.5, 0, 0]))
        #expect(!threshold.isExceeded(by: [0.9, 0.1, 0, 0]))
    }

    @Test func nobodyIsSentAwayIfThatWinsNothing() {
        #expect(
            UncertaintyThreshold(sweeping: [0.9, 0.5], guessed: [0, 1], general: [0, 1]) == .never)
        #expect(UncertaintyThreshold(sweeping: [], guessed: [], general: []) == .never)
        #expect(!UncertaintyThreshold.never.isExceeded(by: [0.25, 0.25, 0.25, 0.25]))
    }

    /// One question saved is no more than √1: that may be chance.
    @Test func aSavingWithinItsStandardErrorMovesNobody() {
        #expect(UncertaintyThreshold(sweeping: [0.9, 0.2], guessed: [1, 0], general: [0, 1]) == .never)
    }

    /// Law: no other line loses less, unless nobody is sent away, and then by no more than all savings' standard error.
    @Test func noOtherLineLosesLess() {
        var random = SeededRandom(seed: 3)
        var moved = 0
        for _ in 0..<200 {
            let count = 1 + random.below(30)
            let uncertainties = (0..<count).map { _ in Double(random.below(10)) / 10 }
            let guessed = (0..<count).map { _ in random.unit() }
            let general = (0..<count).map { _ in random.unit() }
            func loss(_ most: Double) -> Double {
                (0..<count).reduce(0) { $0 + (uncertainties[$1] > most ? general[$1] : guessed[$1]) }
            }
            let found = UncertaintyThreshold(sweeping: uncertainties, guessed: guessed, general: general).most
            let squares = zip(guessed, general).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
            let room = found < 1 ? 1e-6 : squares.squareRoot() + 1e-6
            for step in 0...10 { #expect(loss(found) <= loss(Double(step) / 10) + room) }
            if found < 1 { moved += 1 }
        }
        #expect(moved > 20)
    }

    /// Outside 0.5 and 0.9 against inside 0.1, 0.5, 0.6: 0.5 beats one and ties with one, 0.9 beats three: 4.5 of 6.
    @Test func separationCountsPairsByHand() {
        #expect(UncertaintyThreshold.separation(inside: [0.6, 0.1, 0.5], outside: [0.5, 0.9]) == 4.5 / 6)
        #expect(UncertaintyThreshold.separation(inside: [], outside: [0.5]) == nil)
    }
}
