import Engine
import Testing

struct CasedWordSplitterTests {
    /// Worked out by hand from the regex of `gpt-4o`: a word ends where a capital follows a small letter.
    @Test(
        arguments: [
            ("", []),
            ("camelCaseHTTPServer", ["camel", "Case", "HTTPServer"]),
            ("HTTP", ["HTTP"]),
            ("it's IT'S x'", ["it's", " IT'S", " x", "'"]),
            ("'s we'LLx", ["'s", " we'LL", "x"]),
            ("日AB éAb", ["日", "AB", " éAb"]),
            ("éAéAA", ["éAé", "AA"]),
            ("12345 1", ["123", "45", " ", "1"]),
            ("a!/\n/b //\r\n", ["a", "!/\n/", "b", " //\r\n"]),
            ("(foo) \u{301}b", ["(foo", ")", " \u{301}", "b"]),
            ("a \n  b", ["a", " \n", " ", " b"]),
        ] as [(String, [String])])
    func cutsAsTheRegexOfGPT4oDoes(text: String, pieces: [String]) throws {
        let found = try PreTokenizer(named: "gpt-4o").splitter.pieces(of: text)
        #expect(found.map { Array($0.utf8) } == pieces.map { Array($0.utf8) }, "\(found)")
    }

    @Test(
        arguments: [
            ("it's 123", ["it", "'s", " ", "1", "2", "3"]),
            ("aBc'D", ["a", "Bc", "'D"]),
        ] as [(String, [String])])
    func leavesContractionsAndSingleDigitsInTekken(text: String, pieces: [String]) throws {
        #expect(try PreTokenizer(named: "tekken").splitter.pieces(of: text) == pieces)
    }
}
