import Core
import Experts
import Testing

struct CircuitBreakerTests {
    private let failed = Fault(.expertFailed, "math", "fell over")

    private func at(_ seconds: Double) -> TimeSource.Instant { .init(offset: .seconds(seconds)) }

    /// A breaker that has just opened, at second 0.
    private func opened() -> CircuitBreaker {
        var breaker = CircuitBreaker()
        for _ in 0..<CircuitBreaker.patience { breaker.fail(.normal, failed, at: at(0)) }
        return breaker
    }

    @Test func opensAfterFiveFailuresInARow() {
        var breaker = CircuitBreaker()
        for _ in 0..<4 { breaker.fail(.normal, failed, at: at(0)) }
        #expect(breaker.admit(at: at(0)) == .normal)
        breaker.succeed(.normal)
        for _ in 0..<4 { breaker.fail(.normal, failed, at: at(0)) }
        #expect(breaker.state == .closed)
        breaker.fail(.normal, failed, at: at(0))
        #expect(breaker.state == .open(until: at(1)))
        #expect(breaker.wait(at: at(0.25)) == .seconds(0.75))
        #expect(breaker.admit(at: at(0.99)) == nil)
        #expect(breaker.lastReason == "fell over")
    }

    @Test func letsOneProbePassAfterTheRest() {
        var breaker = opened()
        #expect(breaker.wait(at: at(1)) == nil)
        #expect(breaker.admit(at: at(1)) == .probe)
        #expect(breaker.admit(at: at(1)) == nil)
        breaker.succeed(.probe)
        #expect(breaker.admit(at: at(1)) == .normal)
    }

    @Test func closesWhenTheProbesAnswerBegins() {
        var breaker = opened()
        #expect(breaker.admit(at: at(1)) == .probe)
        breaker.begin(.normal)
        #expect(breaker.admit(at: at(1)) == nil)
        breaker.begin(.probe)
        #expect(breaker.admit(at: at(1)) == .normal)
        // That answer breaks off, and so do four more: it rests again, twice as long, for none has ended well.
        for _ in 0..<4 { breaker.fail(.normal, failed, at: at(2)) }
        #expect(breaker.state == .closed)
        breaker.fail(.normal, failed, at: at(2))
        #expect(breaker.wait(at: at(2)) == .seconds(2))
    }

    @Test func aQuestionThatWasNeverSentSaysNothing() {
        var breaker = opened()
        #expect(breaker.admit(at: at(1)) == .probe)
        breaker.fail(.probe, Fault(.unsupported, "math", "takes no pictures"), at: at(1.5))
        #expect(breaker.state == .open(until: at(1.5)))
        #expect(breaker.admit(at: at(1.5)) == .probe)
    }

    @Test func theRestDoublesUpToAMinute() {
        var breaker = opened()
        var now = 0.0
        // The first rest is 1 s; each failed probe doubles it: 2, 4, 8, 16, 32, then 60 for good.
        var rest = 1.0
        for next in [2.0, 4, 8, 16, 32, 60, 60] {
            now += rest
            #expect(breaker.admit(at: at(now)) == .probe)
            breaker.fail(.probe, failed, at: at(now))
            #expect(breaker.wait(at: at(now)) == .seconds(next))
            rest = next
        }
        now += rest
        #expect(breaker.admit(at: at(now)) == .probe)
        breaker.succeed(.probe)
        // And starts over once it is well.
        for _ in 0..<5 { breaker.fail(.normal, failed, at: at(now)) }
        #expect(breaker.wait(at: at(now)) == .seconds(1))
    }

    @Test func aServersWishOpensAtOnce() {
        var breaker = CircuitBreaker()
        breaker.fail(.normal, Fault(.expertLimited, "math", "is busy", retryAfterSeconds: 20), at: at(0))
        #expect(breaker.wait(at: at(0)) == .seconds(20))
        // A shorter wish does not bring the end nearer, a longer one moves it away.
        breaker.fail(.normal, Fault(.expertLimited, "math", "is busy", retryAfterSeconds: 5), at: at(0))
        #expect(breaker.wait(at: at(0)) == .seconds(20))
        breaker.fail(.normal, Fault(.expertLimited, "math", "is busy", retryAfterSeconds: 25), at: at(1))
        #expect(breaker.wait(at: at(1)) == .seconds(25))
    }

    @Test func whoeverWasAskedTooOftenIsThereForAllAfterIt() {
        var breaker = CircuitBreaker()
        breaker.fail(.normal, Fault(.expertLimited, "math", "is busy", retryAfterSeconds: 20), at: at(0))
        #expect(breaker.admit(at: at(19)) == nil)
        for _ in 0..<8 { #expect(breaker.admit(at: at(20)) == .normal) }
        // What failed and says when it is back is tried with one question.
        breaker.fail(.normal, Fault(.expertFailed, "math", "is down", retryAfterSeconds: 20), at: at(20))
        #expect(breaker.admit(at: at(40)) == .probe)
        #expect(breaker.admit(at: at(40)) == nil)
    }

    @Test func failuresThatDoNotBlameTheExpertDoNotCount() {
        var breaker = CircuitBreaker()
        for code in [Fault.Code.expertRefused, .invalidRequest, .unsupported, .overBudget] {
            for _ in 0..<9 { breaker.fail(.normal, Fault(code, "math", "no"), at: at(0)) }
        }
        #expect(breaker.state == .closed)
        breaker = opened()
        #expect(breaker.admit(at: at(1)) == .probe)
        breaker.fail(.probe, Fault(.expertRefused, "math", "no"), at: at(1))
        #expect(breaker.state == .closed)
    }

    @Test func callsFromBeforeTheRestChangeNothing() {
        var breaker = opened()
        for _ in 0..<20 { breaker.fail(.normal, failed, at: at(0.5)) }
        breaker.succeed(.normal)
        #expect(breaker.state == .open(until: at(1)))
        #expect(breaker.admit(at: at(1)) == .probe)
        breaker.fail(.normal, failed, at: at(1))
        breaker.succeed(.normal)
        breaker.abandon(.normal, at: at(1))
        #expect(breaker.state == .halfOpen)
    }

    @Test func anAbandonedProbeMakesRoomForTheNext() {
        var breaker = opened()
        #expect(breaker.admit(at: at(1)) == .probe)
        breaker.abandon(.probe, at: at(1.5))
        #expect(breaker.admit(at: at(1.5)) == .probe)
    }
}
