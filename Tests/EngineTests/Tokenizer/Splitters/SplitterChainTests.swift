import Engine
import Testing

struct SplitterChainTests {
    /// Worked out by hand from the lists of regexes that stand at each chain; the pieces llama.cpp gives as well.
    @Test(
        arguments: [
            ("refact", "", []),
            ("refact", "a 12b  3", ["a", " ", "1", "2", "b", "  ", "3"]),
            ("deepseek-coder", "it's 12\n\n x", ["it", "'", "s", " ", "1", "2", "\n", "\n", " x"]),
            ("deepseek-coder", "f(x) = 日本语a", ["f", "(", "x", ")", " =", " ", "日本语", "a"]),
            ("deepseek-llm", "12 日本 a日 Éb  ", ["12", " ", "日本", " a", "日", " É", "b", "  "]),
            ("deepseek-llm", "x\r\n\u{3000}y!ab", ["x", "\r", "\n", "\u{3000}y", "!", "ab"]),
            ("deepseek-v3", "1234a_b ~c!! \n日本x", ["123", "4", "a", "_b", " ~", "c", "!!", " \n", "日本", "x"]),
            ("deepseek-v3", "e\u{301}\u{301}1\u{301}", ["e\u{301}\u{301}", "1", "\u{301}"]),
            ("deepseek-v3", "\u{1}\u{2}?", ["\u{1}\u{2}", "?"]),
            ("falcon", "a $b=12345`", ["a", " ", "$", "b", "=", "123", "45", "`"]),
            ("default", "a` 1 ٣12", ["a", "`", " ", "1", " ", "٣12"]),
        ] as [(String, String, [String])])
    func cutsWithOneRegexAfterTheOther(name: String, text: String, pieces: [String]) throws {
        let found = try PreTokenizer(named: name).splitter.pieces(of: text)
        #expect(found.map { Array($0.utf8) } == pieces.map { Array($0.utf8) }, "\(found)")
    }
}
