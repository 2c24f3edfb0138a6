import Core
import Pipeline
import Support
import Testing

struct RateWindowTests {
    private func at(_ seconds: Double) -> TimeSource.Instant { .init(offset: .milliseconds(Int64(seconds * 1000))) }

    @Test func takesUpToTheLimitAndSaysHowLongTheNextWaits() {
        var window = RateWindow(limit: 2)
        #expect(window.take(1, at: at(10.2)) == nil)
        #expect(window.take(1, at: at(40)) == nil)
        // The first was taken in second 10, which is sixty seconds past at 70.
        #expect(window.take(1, at: at(50)) == .seconds(20))
        #expect(window.remaining(at: at(50)) == 0)
        #expect(window.take(1, at: at(69.9)) != nil)
        #expect(window.take(1, at: at(70)) == nil)
    }

    @Test func waitsForAsManySecondsAsItNeeds() {
        var window = RateWindow(limit: 10)
        for second in [0, 1, 2] { #expect(window.take(3, at: at(Double(second))) == nil) }
        #expect(window.take(1, at: at(3)) == nil)
        // 4 more need the 3 of second 0 and some of second 1.
        #expect(window.take(4, at: at(3)) == .seconds(58))
    }

    @Test func moreThanTheLimitFitsIntoAnEmptyWindow() {
        var window = RateWindow(limit: 100)
        #expect(window.take(5000, at: at(0)) == nil)
        #expect(window.take(1, at: at(1)) == .seconds(59))
    }

    @Test func aRealNumberTakesThePlaceOfAPromise() {
        var window = RateWindow(limit: 100)
        #expect(window.take(90, at: at(5)) == nil)
        window.correct(90, to: 20, takenAt: at(5), now: at(9))
        #expect(window.remaining(at: at(9)) == 80)
        window.correct(20, to: 500, takenAt: at(5), now: at(10))
        #expect(window.remaining(at: at(10)) == 0)
        window.correct(90, to: 20, takenAt: at(5), now: at(300))
        #expect(window.remaining(at: at(300)) == 100)
    }

    @Test func isFullAgainWhenTheNewestIsAMinutePast() {
        var window = RateWindow(limit: 5)
        #expect(window.reset(at: at(0)) == .zero)
        #expect(window.take(1, at: at(7)) == nil)
        #expect(window.reset(at: at(8)) == .seconds(59))
        #expect(window.reset(at: at(67)) == .zero)
    }

    /// Whatever is asked for when: no sixty seconds of the clock in a row hold more than the limit.
    @Test(arguments: 0..<20 as Range<UInt64>) func noMinuteEverHoldsMoreThanTheLimit(_ seed: UInt64) {
        var random = TestRandom(seed: seed)
        var window = RateWindow(limit: 30)
        var taken: [(moment: Double, count: Int)] = []
        var now = 0.0
        for _ in 0..<2000 {
            now += Double(random.next() % 4000) / 1000
            let count = Int(random.next() % 12)
            if window.take(count, at: at(now)) == nil { taken.append((now, count)) }
            let minute = taken.filter { $0.moment.rounded(.down) > now.rounded(.down) - 60 }.reduce(0) { $0 + $1.count }
            #expect(minute <= 30)
        }
        #expect(taken.count > 100)
    }
}
