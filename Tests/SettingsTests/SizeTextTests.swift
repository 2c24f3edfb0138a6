import Settings
import Testing

struct SizeTextTests {
    @Test(arguments: [
        ("0", 0), ("1", 1), ("1024", 1_024), ("512KiB", 524_288), ("16MiB", 16_777_216), ("1GiB", 1_073_741_824),
        ("0KiB", 0), ("9223372036854775807", Int.max),
    ])
    func readsBytesAndTheirMultiples(text: String, bytes: Int) {
        #expect(SizeText.parse(text) == bytes)
    }

    @Test(arguments: [
        (0, "0"), (1, "1"), (1_024, "1KiB"), (1_025, "1025"), (1 << 20, "1MiB"), (3 << 19, "1536KiB"),
        (5 << 30, "5GiB"), (1 << 50, "1048576GiB"),
    ])
    func writesBytesAsTheyAreRead(bytes: Int, text: String) {
        #expect(SizeText.text(bytes) == text)
        #expect(SizeText.parse(text) == bytes)
    }

    @Test(arguments: [
        "", "KiB", "16MB", "16mib", "16 MiB", "1.5MiB", "-1", "-1KiB", "+1KiB", "1e3", "0x10", "١KiB", "16MiBKiB",
        "16 ", "1_024",
    ])
    func refusesWhatIsNoSize(text: String) {
        #expect(SizeText.parse(text) == nil)
    }

    @Test(arguments: ["9223372036854775808", "9007199254740992KiB", "8796093022208MiB", "8589934592GiB"])
    func refusesMoreThanANumberHolds(text: String) {
        #expect(SizeText.parse(text) == nil)
    }
}
