import Settings
import Testing

struct CacheSectionTests {
    @Test func nothingIsKeptUnlessItIsWritten() {
        #expect(Reading("experts: {}\n").settings.cache == nil)
    }

    @Test func everySettingIsRead() {
        let reading = Reading("cache: {life: 10m, bytes: 1MiB}\nexperts: {}\n")
        #expect(reading.sentences.isEmpty)
        #expect(reading.settings.cache?.life == .seconds(600) && reading.settings.cache?.bytes == 1 << 20)
    }

    @Test func howLongHasToBeSaid() {
        #expect(
            Reading("cache: {bytes: 1MiB}\nexperts: {}\n").sentences == [
                "config.yaml:1:8: cache: life is missing. Say how long an answer is good for: life: 10m."
            ])
    }
}
