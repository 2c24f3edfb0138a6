import Engine
import Testing

struct GPT2SplitterTests {
    /// Worked out by hand: '(?:s|t|re|ve|m|ll|d)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
    @Test(
        arguments: [
            ("", []),
            ("Hello world", ["Hello", " world"]),
            ("it's IT'S they'll", ["it", "'s", " IT", "'", "S", " they", "'ll"]),
            ("'strange 'x", ["'s", "trange", " '", "x"]),
            ("''s", ["''", "s"]),
            (" 's", [" '", "s"]),
            ("a1234 5", ["a", "1234", " 5"]),
            ("x²½ ٣", ["x", "²½", " ٣"]),
            ("a  b", ["a", " ", " b"]),
            ("a \t b", ["a", " \t", " b"]),
            ("a\tb", ["a", "\t", "b"]),
            ("a\n\nb", ["a", "\n", "\n", "b"]),
            ("a   ", ["a", "   "]),
            ("a\u{A0}\u{3000}b", ["a", "\u{A0}", "\u{3000}", "b"]),
            ("f(x) ... !", ["f", "(", "x", ")", " ...", " !"]),
            ("e\u{301}a", ["e", "\u{301}", "a"]),
            ("日本語 한국", ["日本語", " 한국"]),
            ("\r\n x", ["\r\n", " x"]),
        ] as [(String, [String])])
    func cutsAsItsRegexDoes(text: String, pieces: [String]) {
        let found = GPT2Splitter().pieces(of: text)
        #expect(found.map { Array($0.utf8) } == pieces.map { Array($0.utf8) }, "\(found)")
    }
}
