import Engine
import Support
import Testing

struct StopTextsTests {
    @Test func holdsBackWhatMayBeginAStopTextAndReleasesItOtherwise() throws {
        var stops = try StopTexts(["</s>"])
        #expect(text(stops.feed("a</".utf8)) == "a")
        #expect(text(stops.feed("s".utf8)) == "")
        #expect(text(stops.feed("t>".utf8)) == "</st>")
        #expect(text(stops.feed("b<".utf8)) == "b")
        #expect(text(stops.finish()) == "<")
        #expect(stops.stopped == nil)
    }

    @Test func stopsAcrossTokenBorders() throws {
        var stops = try StopTexts(["\nUser:", "END"])
        #expect(text(stops.feed("Hi.\nUs".utf8)) == "Hi.")
        #expect(text(stops.feed("er: more".utf8)) == "")
        #expect(stops.stopped == "\nUser:")
        #expect(stops.feed("more END".utf8).isEmpty)
        #expect(stops.finish().isEmpty)
    }

    /// After "aa", a third a keeps two of the three: "aab" begins at the second.
    @Test func aMismatchFallsBackToAShorterBeginning() throws {
        var stops = try StopTexts(["aab"])
        #expect(text(stops.feed("aaa".utf8)) == "a")
        #expect(text(stops.feed("b".utf8)) == "")
        #expect(stops.stopped == "aab")
    }

    /// After "aabaaa" a b keeps "aab", the longest end that begins the text; only so is the one from the fifth byte seen.
    @Test func itFallsBackToTheLongestBeginning() throws {
        var stops = try StopTexts(["aabaaac"])
        #expect(text(stops.feed("aabaaabaaac".utf8)) == "aaba")
        #expect(stops.stopped == "aabaaac")
    }

    /// In "xabcd" both "bc" and "abc" end at the c, before "abcd" can: the longer of the two is what ends the answer.
    @Test func theFirstToBeCompleteStopsAndTheLongestOfThose() throws {
        var stops = try StopTexts(["bc", "abcd", "abc"])
        #expect(text(stops.feed("xabcd".utf8)) == "x")
        #expect(stops.stopped == "abc")
    }

    /// € is E2 82 AC.
    @Test func anUnfinishedCharacterIsHeld() throws {
        var stops = try StopTexts([])
        #expect(stops.feed([0x61, 0xE2]) == [0x61])
        #expect(stops.feed([0x82]).isEmpty)
        #expect(stops.feed([0xAC, 0xF0, 0x9F]) == [0xE2, 0x82, 0xAC])
        #expect(StopTexts.text(of: stops.finish()) == "\u{FFFD}")
    }

    @Test func whatIsNotUTF8IsNotHeldForLong() throws {
        var stops = try StopTexts([])
        #expect(stops.feed([0x80, 0xFF]) == [0x80, 0xFF])
        #expect(stops.feed([0xE2, 0x41]) == [0xE2, 0x41])
        #expect(stops.feed([0xF8]) == [0xF8])
    }

    /// A small alphabet with parts of characters in it, cut at random: the same bytes come out as from a plain search,
    /// never more than may be safe, and the texts of the releases add up.
    @Test(arguments: 0..<300 as Range<UInt64>) func agreesWithAPlainSearchHoweverTheBytesAreCut(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        let letters = ["a", "b", "é", "€"]
        let texts = (0..<Int.random(in: 0...4, using: &random)).map { _ in
            (0..<Int.random(in: 1...4, using: &random)).map { _ in letters.randomElement(using: &random) ?? "" }
                .joined()
        }
        let alphabet: [[UInt8]] = letters.map { Array($0.utf8) } + [[0xE2], [0x82], [0xC3], [0xF0]]
        let bytes = (0..<40).flatMap { _ in alphabet.randomElement(using: &random) ?? [] }
        let expected = plainSearch(bytes, texts)

        var stops = try StopTexts(texts)
        var released: [UInt8] = []
        var releasedText = ""
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = rest.prefix(Int.random(in: 1...5, using: &random))
            rest = rest.dropFirst(piece.count)
            let release = stops.feed(piece)
            released += release
            releasedText += StopTexts.text(of: release)
            #expect(expected.starts(with: released))
        }
        let release = stops.finish()
        #expect(released + release == expected)
        #expect(releasedText + StopTexts.text(of: release) == String(decoding: expected, as: UTF8.self))
        #expect((stops.stopped == nil) == (expected == bytes))
    }

    /// Nothing is held that cannot begin a stop text: fed byte by byte, what is held is the longest such end.
    @Test(arguments: 0..<50 as Range<UInt64>) func holdsNoMoreThanItMust(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        let texts = ["abab", "bb", "aacaa"]
        var stops = try StopTexts(texts)
        var seen = ""
        var released = 0
        while stops.stopped == nil, seen.count < 60 {
            let letter = ["a", "b", "c"].randomElement(using: &random) ?? ""
            seen += letter
            released += stops.feed(letter.utf8).count
            guard stops.stopped == nil else { break }
            let held = (0...seen.count).last { length in texts.contains { $0.hasPrefix(seen.suffix(length)) } }
            #expect(seen.count - released == held)
        }
    }

    @Test func refusesTooManyEmptyAndTooLongTexts() {
        expect("stop: found 17 texts, expected at most 16.", [String](repeating: "a", count: 17))
        expect("stop[1]: found a text of 0 bytes, expected 1 to 1024 bytes of UTF-8.", ["a", ""])
        expect(
            "stop[0]: found a text of 1025 bytes, expected 1 to 1024 bytes of UTF-8.",
            [String(repeating: "a", count: 1025)])
    }

    private func expect(_ sentence: String, _ texts: [String]) {
        let refusal = #expect(throws: SamplingRefusal.self) { try StopTexts(texts) }
        #expect(refusal?.description == sentence)
    }

    private func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    /// The bytes before the stop text that is complete first, the longest of those; all of them if there is none.
    private func plainSearch(_ bytes: [UInt8], _ texts: [String]) -> [UInt8] {
        for end in 0...bytes.count {
            let complete = texts.map { Array($0.utf8) }.filter { stop in
                stop.count <= end && Array(bytes[(end - stop.count)..<end]) == stop
            }
            if let longest = complete.map({ $0.count }).max() {
                return Array(bytes[..<(end - longest)])
            }
        }
        return bytes
    }
}
