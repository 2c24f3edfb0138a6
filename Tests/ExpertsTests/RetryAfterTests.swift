import Core
import Experts
import Support
import Testing

struct RetryAfterTests {
    private func seconds(_ headers: [String: String]) -> Double? {
        RetryAfter.seconds({ headers[$0] }, now: ManualTime.start)
    }

    @Test func readsSecondsMillisecondsAndDates() {
        #expect(seconds(["retry-after": "7"]) == 7)
        #expect(seconds(["retry-after": " 1.5 "]) == 1.5)
        #expect(seconds(["retry-after": "7", "retry-after-ms": "250"]) == 0.25)
        // The test's clock stands at 14 November 2023, 22:13:20 UTC.
        #expect(seconds(["retry-after": "Tue, 14 Nov 2023 22:14:00 GMT"]) == 40)
        #expect(seconds(["retry-after": "Tue, 14 Nov 2023 22:00:00 GMT"]) == 0)
        #expect(seconds([:]) == nil)
    }

    @Test(arguments: [
        ("Tue, 14 Nov 2023 22:14:00 GMT", 40.0), ("Tuesday, 14-Nov-23 22:14:00 GMT", 40),
        ("Tue Nov 14 22:14:00 2023", 40), ("Wed Nov  1 22:14:00 2023", 0), ("Sunday, 06-Nov-94 08:49:37 GMT", 0),
        ("Monday, 14-Nov-72 22:14:00 GMT", RetryAfter.longest),
    ])
    func readsTheThreeDatesOfHTTP(text: String, wait: Double) {
        #expect(seconds(["retry-after": text]) == wait)
    }

    @Test(arguments: ["soon", "-5", "nan", "inf", "0x10", "1e9", "", "1.2.3"])
    func nonsenseIsNoWait(_ text: String) { #expect(seconds(["retry-after": text]) == nil) }

    @Test func isBounded() {
        #expect(seconds(["retry-after": "99999999999999999999999"]) == RetryAfter.longest)
        #expect(seconds(["retry-after-ms": "99999999999999999999999"]) == RetryAfter.longest)
        #expect(seconds(["retry-after": "Tue, 14 Nov 2073 22:14:00 GMT"]) == RetryAfter.longest)
    }
}
