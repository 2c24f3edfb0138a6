import Engine
import Support
import Testing

@Suite struct StringGrammarTests {
    private let free: GrammarReading

    init() throws { free = try GrammarReading(#"{"type": "string"}"#) }

    @Test func writesEscapesOfJSONAndNoOthers() {
        for escape in [
            "\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t", "\\u00e9", "\\uFFFF", "\\uD83D\\uDE00",
        ] {
            #expect(free.accepts("\"\(escape)\""), "\(escape)")
        }
        for escape in ["\\a", "\\'", "\\x", "\\u00g", "\\U", "\\0"] {
            #expect(!free.begins("\"\(escape)"), "\(escape)")
        }
    }

    @Test func neverWritesHalfASurrogatePair() {
        #expect(free.begins(#""\ud83d\"#))
        #expect(!free.begins(#""\ud83d""#), "a first half alone")
        #expect(!free.begins(#""\ud83dx"#))
        #expect(!free.begins(#""\ud83d\n"#))
        #expect(!free.begins(#""\ud83d\ud8"#), "two first halves")
        #expect(!free.begins(#""\ude"#), "a second half alone")
        #expect(free.begins(#""\ud7ff"#))
    }

    @Test func refusesControlsAndGoesOnlyToTheQuote() {
        for control: UInt8 in 0..<0x20 { #expect(!free.accepts([0x22, control, 0x22])) }
        #expect(free.accepts([0x22, 0x7F, 0x22]))
        #expect(!free.begins(#""a"b"#))
    }

    /// The slow twin is the standard library's validation.
    @Test func acceptsExactlyTheBytesThatAreUTF8() {
        func fits(_ bytes: [UInt8]) -> Bool {
            String(validating: bytes, as: UTF8.self) != nil
                && bytes.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }
        }
        // A backslash first would make an escape.
        for first: UInt8 in 0...255 where first != 0x5C {
            for second: UInt8 in 0...255 {
                let bytes = [first, second]
                #expect(free.accepts([0x22] + bytes + [0x22]) == fits(bytes), "\(bytes)")
            }
        }
        var random = TestRandom(seed: 11)
        // First bytes with limits on the second: E0, ED, F0, F4.
        for first: UInt8 in [0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5] {
            for second: UInt8 in 0x78...0xC8 {
                let rest = (0..<(first < 0xF0 ? 1 : 2)).map { _ in UInt8.random(in: 0x7C...0xC2, using: &random) }
                let bytes = [first, second] + rest
                #expect(free.accepts([0x22] + bytes + [0x22]) == fits(bytes), "\(bytes)")
            }
        }
    }

    @Test func countsCharactersHoweverTheyAreWritten() throws {
        let two = try GrammarReading(#"{"type": "string", "minLength": 2, "maxLength": 3}"#)
        for text in ["ab", "abc", "éé", "\\n\\u00e9", "\\ud83d\\ude00x", "😀😀😀"] {
            #expect(two.accepts("\"\(text)\""), "\(text)")
        }
        for text in ["", "a", "é", "\\ud83d\\ude00"] { #expect(!two.begins("\"\(text)\""), "\(text)") }
        #expect(!two.begins("\"abcd"))
        let least = try GrammarReading(#"{"minLength": 2}"#)
        #expect(!least.begins("\"a\""))
        #expect(least.accepts("\"" + String(repeating: "é", count: 300) + "\""))
        #expect(try GrammarReading(#"{"maxLength": 0, "type": "string"}"#).accepts(#""""#))
    }

    @Test func knowsTheDaysOfEachMonth() throws {
        let date = try GrammarReading(#"{"type": "string", "format": "date"}"#)
        let days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        for year in [1900, 2000, 2023, 2024, 2096, 2100, 2400] {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            for month in 0...13 {
                for day in 0...32 {
                    let last = (1...12).contains(month) ? days[month - 1] + (month == 2 && isLeap ? 1 : 0) : 0
                    let text = "\(year)-\(twoDigits(month))-\(twoDigits(day))"
                    #expect(date.accepts("\"\(text)\"") == (day >= 1 && day <= last), "\(text)")
                }
            }
        }
    }

    @Test(arguments: [
        ("time", "23:59:59Z", true), ("time", "23:59:59.125+05:30", true), ("time", "24:00:00Z", false),
        ("time", "10:00:00", false), ("date-time", "2024-02-29T08:00:00Z", true),
        ("date-time", "2024-02-29 08:00:00Z", false), ("uuid", "123e4567-e89b-12d3-a456-426614174000", true),
        ("uuid", "123e4567-e89b-12d3-a456-42661417400", false), ("uuid", "123e4567e89b12d3a456426614174000", false),
        ("email", "ada.lovelace+x@example-site.org", true), ("email", "ada@", false), ("email", "a@-b.org", false),
        ("ipv4", "255.0.10.199", true), ("ipv4", "256.0.0.1", false), ("ipv4", "01.0.0.1", false),
    ])
    func keepsToFormats(format: String, text: String, fits: Bool) throws {
        let reading = try GrammarReading(#"{"type": "string", "format": "\#(format)"}"#)
        #expect(reading.accepts("\"\(text)\"") == fits)
    }

    private func twoDigits(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
}
