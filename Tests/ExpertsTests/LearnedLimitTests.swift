import Core
import Experts
import Support
import Testing

struct LearnedLimitTests {
    private func at(_ seconds: Double) -> TimeSource.Instant { .init(offset: .seconds(seconds)) }

    @Test func isHalvedByARefusalAndGrowsByOneForEachRoundOfGoodAnswers() {
        var limit = LearnedLimit(most: 8)
        limit.turnedAway(callBegan: at(1), at: at(2))
        #expect(limit.places == 4)
        for _ in 0..<3 { limit.answered() }
        #expect(limit.places == 4)
        limit.answered()
        #expect(limit.places == 5)
        for _ in 0..<(5 + 6 + 7) { limit.answered() }
        #expect(limit.places == 8)
        for _ in 0..<100 { limit.answered() }
        #expect(limit.places == 8)
    }

    @Test func callsUnderWayWhenItWasHalvedSayNothingNew() {
        var limit = LearnedLimit(most: 8)
        for _ in 0..<8 { limit.turnedAway(callBegan: at(1), at: at(2)) }
        #expect(limit.places == 4)
        limit.turnedAway(callBegan: at(2.5), at: at(3))
        #expect(limit.places == 2)
    }

    @Test func staysWithinItsBoundsWhateverComes() {
        for seed in 0..<200 {
            var random = SeededRandom(seed: UInt64(seed))
            var limit = LearnedLimit(most: 1 + random.below(20))
            for step in 0..<300 {
                if random.below(4) == 0 {
                    limit.turnedAway(callBegan: at(Double(step)), at: at(Double(step) + 0.5))
                } else {
                    limit.answered()
                }
                #expect((1...limit.most).contains(limit.places))
            }
        }
    }

    @Test func aUsedUpWindowIsWaitedFor() {
        var window = RateWindow()
        #expect(window.wait(toSend: 1_000_000, at: at(0)) == nil)
        window.note(
            RateAllowance(
                requests: .init(limit: 60, remaining: 2, resetSeconds: 10),
                tokens: .init(limit: 1_000, remaining: 500, resetSeconds: 4)), at: at(0))
        #expect(window.wait(toSend: 400, at: at(0)) == nil)
        #expect(window.wait(toSend: 400, at: at(1)) == .seconds(3))
        #expect(window.wait(toSend: 100, at: at(1)) == nil)
        #expect(window.rest(at: at(1)) == .seconds(9))
        #expect(window.wait(toSend: 1, at: at(2)) == .seconds(8))
        // After its reset a window is full again, as far as is known.
        #expect(window.wait(toSend: 400, at: at(10)) == nil && window.rest(at: at(10)) == nil)
    }

    @Test func whatIsLargerThanTheWholeWindowIsLeftToTheServer() {
        var window = RateWindow()
        window.note(RateAllowance(tokens: .init(limit: 1_000, remaining: 10, resetSeconds: 5)), at: at(0))
        #expect(window.wait(toSend: 2_000, at: at(0)) == nil)
    }

    /// The test's clock stands at 14 November 2023, 22:13:20 UTC: 1,700,000,000 seconds after 1970.
    @Test(arguments: [
        ("1700000003", 3.0), ("1700000003.5", 3.5), ("1700000003000", 3), ("1699999999", 0), ("999999999", 86_400),
        ("2023-11-14T22:13:30Z", 10), ("2023-11-14T22:13:30.25Z", 10.25), ("2023-11-14T23:13:30.5+01:00", 10.5),
        ("60", 60), ("6m0s", 360),
    ])
    func aResetMayBeASpanOrAMoment(text: String, seconds: Double) {
        for names in [
            ("x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"),
            ("anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset"),
        ] {
            let headers = [names.0: "0.0", names.1: text]
            let window = RateLimitHeaders.allowance({ headers[$0] }, now: ManualTime.start)?.requests
            #expect(window == .init(remaining: 0, resetSeconds: seconds))
        }
    }

    @Test(arguments: ["2023-11-14T22:13:30.Z", "2023-11-14T22:13:30.x5Z", "tomorrow", "1e10", "-1700000003"])
    func aResetThatCannotBeReadIsUnsaid(_ text: String) {
        let headers = ["x-ratelimit-reset-requests": text]
        #expect(RateLimitHeaders.allowance({ headers[$0] }, now: ManualTime.start) == nil)
    }

    @Test func headersAreReadInTheirSeveralForms() {
        let cases: [(String, Double?)] = [
            ("1s", 1), ("6m0s", 360), ("120ms", 0.12), ("1h2m3s", 3_723), ("2", 2), ("0.5s", 0.5), ("", nil),
            ("soon", nil), ("1", 1), ("5x", nil), ("s", nil), ("1s2", nil), ("inf", nil), ("999999d", 86_400),
        ]
        for (text, seconds) in cases { #expect(RateLimitHeaders.span(text) == seconds, "\(text)") }
        let headers = [
            "anthropic-ratelimit-requests-limit": "50", "anthropic-ratelimit-requests-remaining": "49",
            "anthropic-ratelimit-requests-reset": "2023-11-14T22:13:30Z", "x-ratelimit-remaining-tokens": "-1",
        ]
        let allowance = RateLimitHeaders.allowance({ headers[$0] }, now: ManualTime.start)
        #expect(allowance?.requests == .init(limit: 50, remaining: 49, resetSeconds: 10))
        #expect(allowance?.tokens.isUnsaid == true)
        #expect(RateLimitHeaders.allowance({ _ in nil }, now: ManualTime.start) == nil)
    }
}
