import Engine
import Testing

struct Llama3SplitterTests {
    /// Worked out by hand from the regex of Llama 3: digits by threes, words with one sign in front.
    @Test(
        arguments: [
            ("", []),
            ("1234567 12", ["123", "456", "7", " ", "12"]),
            ("a1", ["a", "1"]),
            ("it's IT'S WE'Ll", ["it", "'s", " IT", "'S", " WE", "'Ll"]),
            ("٤٥٦٧", ["٤٥٦", "٧"]),
            ("½²ⅧⅧ", ["½²Ⅷ", "Ⅷ"]),
            ("(foo) \tbar", ["(foo", ")", " ", "\tbar"]),
            ("x = 10", ["x", " =", " ", "10"]),
        ] as [(String, [String])])
    func cutsAsItsRegexDoes(text: String, pieces: [String]) {
        let found = Llama3Splitter().pieces(of: text)
        #expect(found.map { Array($0.utf8) } == pieces.map { Array($0.utf8) }, "\(found)")
    }
}
