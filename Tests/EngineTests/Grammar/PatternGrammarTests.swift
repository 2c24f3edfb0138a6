import Engine
import Support
import Testing

@Suite struct PatternGrammarTests {
    /// The slow twin is the standard library's regular expressions, searching all of each text.
    @Test(arguments: [
        "^[a-c]+$", "^a*b?c{2}$", "ab", "^ab", "ab$", "^(ab|ba)*$", "^(?:a|b|)c$", "^a{2,}b{0,2}$", "^[^ab]+$", "^a|b$",
        "^\\w\\d\\W?$", "^.{3}$", "^(a+)+$", "^(a|ab)(c|bc)$", "^[-a]{2}$", "^[\\]\\-c]*$", "^((a?b?){2}c)+?$", "^$",
        "",
        "^\\x61\\u0062$", "a.c|^c", "^[a-c&&b]$",
    ])
    func matchesWhatARegularExpressionFinds(pattern: String) throws {
        let text = pattern.replacing("\\", with: "\\\\")
        let reading = try GrammarReading(#"{"type": "string", "pattern": "\#(text)"}"#)
        // In ECMA-262 && inside a class is two letters; the standard library intersects.
        let twin = try Regex(pattern.replacing("&&", with: "\\&")).asciiOnlyCharacterClasses()
        var random = TestRandom(seed: 3)
        var found = 0
        for length in 0...7 {
            for _ in 0..<200 {
                let letters = (0..<length).map { _ in "abc1-_.&é]".randomElement(using: &random) ?? "a" }
                let fits = String(letters).firstMatch(of: twin) != nil
                found += fits ? 1 : 0
                #expect(reading.accepts("\"\(String(letters))\"") == fits, "\(pattern) \(String(letters))")
            }
        }
        #expect(found > 0, "the law says something")
    }

    @Test func escapesWhatJSONEscapes() throws {
        let reading = try GrammarReading(#"{"type": "string", "pattern": "^[\"\\\\\\n\\x01]{4}$"}"#)
        #expect(reading.accepts(#""\"\\\n\u0001""#))
        #expect(!reading.begins(#""\u0022"#), "only the short escape")
        #expect(!reading.begins("\"\n"))
    }

    @Test func readsClassesAcrossUnicode() throws {
        let greek = try GrammarReading(#"{"type": "string", "pattern": "^[α-ω😀-😂]+$"}"#)
        #expect(greek.accepts("\"αβγω😀😁😂\""))
        for text in ["Α", "a", "ϊ", "😃", "😿"] { #expect(!greek.accepts("\"\(text)\""), "\(text)") }
        let space = try GrammarReading(#"{"type": "string", "pattern": "^\\s\\S$"}"#)
        #expect(space.accepts("\"\u{A0}x\""))
        #expect(!space.accepts("\"x\u{A0}\""))
    }

    @Test(arguments: [
        ("(?=a)b", 2, "of the groups that begin with (? only (?: is read"),
        ("a\\1", 2, "the escape \\1 is not read"),
        ("\\bword", 1, "the escape \\b is not read"),
        ("\\p{L}", 1, "the escape \\p is not read"),
        ("(^a)", 1, "^ is read where an alternative of the whole pattern begins; write \\^ for the character"),
        ("(a$)", 2, "$ is read where an alternative of the whole pattern ends; write \\$ for the character"),
        ("a$b", 2, "nothing may follow $"), ("(a", 2, "a group does not end"), ("a)", 1, "there is no group to close"),
        ("[a", 2, "a class does not end"), ("[b-a]", 4, "a range in a class is two characters in rising order"),
        ("*a", 0, "there is nothing to repeat; write \\* for the character"),
        ("a{3,2}", 5, "the second count is less than the first"),
        ("a{99999}", 6, "a count is larger than 10000"), ("a\\", 2, "it ends behind a backslash"),
        ("\\x+1", 2, "2 hexadecimal digits of a character are expected"),
        ("a{,2}", 2, "a count is expected behind {; write \\{ for the character"),
    ])
    func refusesWhatIsNotRead(pattern: String, at: Int, what: String) throws {
        let text = pattern.replacing("\\", with: "\\\\")
        let refusal = try #require(GrammarReading.refusal(of: #"{"type": "string", "pattern": "\#(text)"}"#))
        #expect(refusal.reason == .pattern(pattern, at: at, what: what))
    }

    @Test func refusesGroupsWithoutEnd() throws {
        let pattern = String(repeating: "(", count: 10_000)
        let refusal = try #require(GrammarReading.refusal(of: #"{"type": "string", "pattern": "\#(pattern)"}"#))
        #expect(refusal.reason == .pattern(pattern, at: 32, what: "groups are nested more than 32 deep"))
    }
}
