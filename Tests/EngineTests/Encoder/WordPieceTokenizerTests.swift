import Engine
import Testing

struct WordPieceTokenizerTests {
    private static let pieces = [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "un", "##aff", "##able", "##ab", "want", "##ed", "runn", "##ing",
        ",", "!", "e", "cafe", "東", "京", "a", "##a", "i", "[", "]", "##le", "ss",
    ]

    private func words(
        _ text: String, limit: Int = 256, settings: WordPieceSettings = WordPieceSettings()
    ) throws -> [String] {
        let tokenizer = try WordPieceTokenizer(pieces: Self.pieces, settings: settings)
        return tokenizer.encode(text, limit: limit).map { Self.pieces[Int($0)] }
    }

    /// The words between `[CLS]` and `[SEP]`.
    private func inner(_ text: String) throws -> [String] { Array(try words(text).dropFirst().dropLast()) }

    /// `##able` before `##ab`: the longest piece that fits, from the left. `unwantedx`: no piece for the x, so the word
    /// as a whole is unknown.
    @Test func cutsWordsIntoTheLongestPieces() throws {
        #expect(try words("unaffable") == ["[CLS]", "un", "##aff", "##able", "[SEP]"])
        #expect(try inner("wanted running unwantedx want") == ["want", "##ed", "runn", "##ing", "[UNK]", "want"])
        #expect(try inner("able") == ["[UNK]"])
        #expect(try words("") == ["[CLS]", "[SEP]"])
    }

    @Test func marksStandAlone() throws {
        #expect(try inner("want,wanted!!") == ["want", ",", "want", "##ed", "!", "!"])
        #expect(try inner("want。want") == ["want", "[UNK]", "want"])
        #expect(try inner("[a]") == ["[", "a", "]"])
    }

    @Test func lettersBecomeSmallAndLoseTheirAccents() throws {
        #expect(try inner("Café CAFÉ cafe\u{301} É İ") == ["cafe", "cafe", "cafe", "e", "i"])
        // A sharp s stays one: it is a letter of its own.
        #expect(try inner("ß") == ["[UNK]"])
        var settings = WordPieceSettings()
        settings.letters = .small
        #expect(try words("É CAFE", settings: settings) == ["[CLS]", "[UNK]", "cafe", "[SEP]"])
        settings.letters = .asWritten
        #expect(try words("E e é", settings: settings) == ["[CLS]", "[UNK]", "e", "[UNK]", "[SEP]"])
        settings.letters = .withoutAccents
        #expect(try words("E é", settings: settings) == ["[CLS]", "[UNK]", "e", "[SEP]"])
    }

    @Test func everyChineseCharacterIsAWord() throws {
        #expect(try inner("東京a東") == ["東", "京", "a", "東"])
        var settings = WordPieceSettings()
        settings.splitsIdeographs = false
        #expect(try words("東京", settings: settings) == ["[CLS]", "[UNK]", "[SEP]"])
    }

    /// Control and format characters vanish, blanks of every kind part words.
    @Test func blanksPartWordsAndControlCharactersDoNot() throws {
        #expect(try inner("un\u{0}af\u{200B}f\u{AD}able\u{FFFD}") == ["un", "##aff", "##able"])
        #expect(try inner("\twant\u{3000}want\u{A0}want\r\nwant ") == ["want", "want", "want", "want"])
    }

    @Test func namesOfSpecialTokensAreThoseTokens() throws {
        #expect(try inner("a[MASK]a [SEP][mask]") == ["a", "[MASK]", "a", "[SEP]", "[", "[UNK]", "]"])
    }

    /// 100 letters are one word of 100 pieces; with one more the word is unknown.
    @Test func aWordOfMoreThanAHundredCharactersIsUnknown() throws {
        #expect(try inner(String(repeating: "a", count: 100)).count == 100)
        #expect(try inner(String(repeating: "a", count: 101)) == ["[UNK]"])
        #expect(try inner(String(repeating: "a", count: 500_000) + " a") == ["[UNK]", "a"])
        // Accents without end are no letters.
        #expect(try inner("e" + String(repeating: "\u{301}\u{316}", count: 50_000) + " a") == ["e", "a"])
    }

    @Test func whatIsBehindTheLimitIsLeftOut() throws {
        #expect(try words("want unaffable", limit: 5) == ["[CLS]", "want", "un", "##aff", "[SEP]"])
        #expect(try words("want", limit: 2) == ["[CLS]", "[SEP]"])
        let text = String(repeating: "want ", count: 1_000_000)
        #expect(try words(text).count == 256)
    }

    @Test func readsTheTwoFilesOfAModel() throws {
        let lines = Self.pieces.joined(separator: "\r\n") + "\n"
        let fromLines = try WordPieceTokenizer(lines: Array(lines.utf8))
        let entries = Self.pieces.enumerated().map { "\"\($1)\":\($0)" }.joined(separator: ",")
        let text =
            "{\"normalizer\":{\"type\":\"BertNormalizer\",\"lowercase\":true,\"strip_accents\":null},"
            + "\"model\":{\"type\":\"WordPiece\",\"max_input_chars_per_word\":3,\"vocab\":{\(entries)}}}"
        let fromJSON = try WordPieceTokenizer(OrderedJSONReader.read(Array(text.utf8)))
        #expect(fromLines.encode("Wanted É!") == [2, 9, 10, 15, 14, 3])
        #expect(fromJSON.encode("Wanted É!") == [2, 1, 15, 14, 3])
        #expect(fromLines.tokenCount == Self.pieces.count && fromJSON.tokenCount == Self.pieces.count)
    }

    @Test(
        arguments: [
            ("{}", "tokenizer.json has no object model.vocab"),
            ("{\"model\":{\"type\":\"BPE\",\"vocab\":{}}}", "model.type in tokenizer.json is \"BPE\""),
            ("{\"model\":{\"vocab\":{}}}", "found 0 tokens, expected 1 to 1048576"),
            ("{\"model\":{\"vocab\":{\"a\":0,\"b\":0}}}", "the token \"b\" has the number 0, expected one of its own"),
            ("{\"model\":{\"vocab\":{\"a\":1}}}", "the token \"a\" has the number 1, expected one of its own below 1"),
            ("{\"model\":{\"vocab\":{\"a\":0}}}", "the vocabulary lacks [UNK]"),
            (
                "{\"normalizer\":{\"type\":\"NFC\"},\"model\":{\"vocab\":{}}}",
                "normalizer.type in tokenizer.json is \"NFC\", expected \"BertNormalizer\""
            ),
            (
                "{\"model\":{\"max_input_chars_per_word\":0,\"vocab\":{}}}",
                "model.max_input_chars_per_word in tokenizer.json is 0, expected 1 to 1000"
            ),
        ])
    func refusesAnotherTokenizer(text: String, said: String) throws {
        let json = try OrderedJSONReader.read(Array(text.utf8))
        let refusal = #expect(throws: SentenceEncoderRefusal.self) { try WordPieceTokenizer(json) }
        #expect(refusal.map { "\($0)".contains(said) } == true, "\(refusal.map { "\($0)" } ?? "accepted")")
    }
}
