import Settings
import Testing

struct DurationTextTests {
    @Test(arguments: [
        ("250ms", Duration.milliseconds(250)), ("30s", .seconds(30)), ("5m", .seconds(300)), ("2h", .seconds(7_200)),
        ("30d", .seconds(30 * 86_400)), ("1.5s", .milliseconds(1_500)), (".5s", .milliseconds(500)),
        ("0.001s", .milliseconds(1)), ("0.4999s", .milliseconds(500)), ("3650d", .seconds(3_650 * 86_400)),
        ("1ms", .milliseconds(1)), ("007s", .seconds(7)),
    ])
    func readsANumberWithItsUnit(text: String, duration: Duration) {
        #expect(DurationText.parse(text) == duration)
    }

    @Test(arguments: ["0", "0s", "0ms", "0.0d"])
    func nothingNeedsNoUnit(text: String) {
        #expect(DurationText.parse(text) == .zero)
    }

    @Test(arguments: [
        "", "30", "s", "ms", ".s", "1.2.3s", "-5s", "+5s", "5 s", " 5s", "5s ", "5S", "5sec", "5m30s", "1e3s", "0x10s",
        "infs", "nans", "٣s", "½s", "5µs", "1,5s", "1_000ms",
    ])
    func refusesWhatIsNoSpan(text: String) {
        #expect(DurationText.parse(text) == nil)
    }

    @Test(arguments: ["0.4ms", "3651d", "99999999999999999999d", "0.0000000001s"])
    func refusesSpansThatNobodyMeans(text: String) {
        #expect(DurationText.parse(text) == nil)
    }

    @Test func digitsWithoutEndAreRefusedAndHarmNobody() {
        #expect(DurationText.parse(String(repeating: "9", count: 100_000) + "s") == nil)
    }
}
