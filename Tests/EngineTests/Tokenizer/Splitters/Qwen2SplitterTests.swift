import Engine
import Testing

struct Qwen2SplitterTests {
    /// Worked out by hand from the regex of Qwen 2: each digit by itself, words with one sign in front.
    @Test(
        arguments: [
            ("", []),
            ("Hello world", ["Hello", " world"]),
            ("123 4", ["1", "2", "3", " ", "4"]),
            ("it's IT'S 'xyz", ["it", "'s", " IT", "'S", " '", "xyz"]),
            ("'xyz 'ſ", ["'xyz", " '", "ſ"]),
            ("'ſ", ["'ſ"]),
            ("(foo) $bar", ["(foo", ")", " $", "bar"]),
            ("a\u{A0}b\u{3000}c", ["a", "\u{A0}b", "\u{3000}c"]),
            ("a\tb", ["a", "\tb"]),
            ("a\nb", ["a", "\n", "b"]),
            ("a \n \n  b", ["a", " \n \n", " ", " b"]),
            ("a\n\n  ", ["a", "\n\n", "  "]),
            ("  \n", ["  \n"]),
            ("x; \n", ["x", ";", " \n"]),
            ("x;\n\n y", ["x", ";\n\n", " y"]),
            (" ?!\r\n z", [" ?!\r\n", " z"]),
            ("a   1", ["a", "  ", " ", "1"]),
            ("!!\u{301}e\u{301}", ["!!\u{301}", "e", "\u{301}"]),
            ("👍ok 👍", ["👍ok", " 👍"]),
            ("你好，世界", ["你好", "，世界"]),
        ] as [(String, [String])])
    func cutsAsItsRegexDoes(text: String, pieces: [String]) {
        let found = Qwen2Splitter().pieces(of: text)
        #expect(found.map { Array($0.utf8) } == pieces.map { Array($0.utf8) }, "\(found)")
    }
}
