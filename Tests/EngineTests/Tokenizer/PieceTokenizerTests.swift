import Engine
import Testing

struct PieceTokenizerTests {
    /// Ids 0 to 2 are marks, 3 to 258 bytes, then `pieces` from 259 with their scores.
    private func tokenizer(
        _ pieces: [(text: String, score: Float)], types: [Int: Int] = [:],
        leadingSpace: PieceTokenizer.LeadingSpace = .left
    ) throws -> PieceTokenizer {
        let bytes = (UInt8.min...UInt8.max).map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return "<0x" + (byte < 16 ? "0" : "") + digits + ">"
        }
        let tokens = ["<unk>", "<s>", "</s>"] + bytes + pieces.map(\.text)
        var kinds = [2, 3, 3] + bytes.map { _ in 6 } + pieces.map { _ in 1 }
        for (id, type) in types { kinds[id] = type }
        return try PieceTokenizer(
            tokens: tokens, scores: Array(repeating: 0, count: 259) + pieces.map(\.score), tokenTypes: kinds,
            leadingSpace: leadingSpace)
    }

    /// Scores: "bc" −1 before "ab" −2, so "abc" is a, bc; "abc" would need ab.
    @Test func thePieceWithTheHighestScoreGoesFirst() throws {
        let pieces: [(String, Float)] = [("▁", -9), ("a", -5), ("b", -6), ("c", -7), ("ab", -2), ("bc", -1)]
        let tokenizer = try tokenizer(pieces)
        #expect(tokenizer.encode("abc", marks: .asText) == [260, 264])
        #expect(tokenizer.encode("ab", marks: .asText) == [263])
    }

    @Test func ofEqualScoresTheLeftmostGoesFirst() throws {
        let tokenizer = try tokenizer([("▁", -9), ("a", -5), ("aa", -1)])
        #expect(tokenizer.encode("aaa", marks: .asText) == [261, 260])
    }

    @Test func writesSpacesAsMarksAndOneInFront() throws {
        let pieces: [(String, Float)] = [("▁", -9), ("a", -5), ("▁a", -1)]
        #expect(try tokenizer(pieces, leadingSpace: .added).encode("a a", marks: .asText) == [261, 261])
        #expect(try tokenizer(pieces, leadingSpace: .left).encode("a a", marks: .asText) == [260, 261])
        #expect(try tokenizer(pieces, leadingSpace: .added).encode("", marks: .asText) == [])
    }

    /// é is C3 A9; byte tokens are numbered from 3.
    @Test func aCharacterWithoutAPieceBecomesItsBytes() throws {
        let tokenizer = try tokenizer([("▁", -9), ("a", -5)])
        #expect(tokenizer.encode("aé\n", marks: .asText) == [260, 3 + 0xC3, 3 + 0xA9, 3 + 0x0A])
    }

    /// "<" and "s>" are pieces and "<s>" is the beginning of a text; what a person writes stays text.
    @Test func noTextBecomesAControlTokenByMerging() throws {
        let tokenizer = try tokenizer([("▁", -9), ("<", -5), ("s", -5), (">", -5), ("s>", -1)])
        #expect(tokenizer.encode("<s>", marks: .asText) == [260, 263])
        #expect(tokenizer.encode("<s>", marks: .asTokens) == [1])
        #expect(tokenizer.encode("<0x41>", marks: .asText).contains(3 + 0x41) == false)
    }

    /// As llama.cpp: what follows a mark begins anew.
    @Test func aSpaceGoesInFrontAfterAMarkAndComesOffAgain() throws {
        let tokenizer = try tokenizer([("▁", -9), ("a", -5), ("▁a", -1)], leadingSpace: .added)
        let ids = tokenizer.encode("a</s>a", marks: .asTokens)
        #expect(ids == [261, 2, 261])
        #expect(tokenizer.decode(ids) == Array("aa".utf8))
        #expect(tokenizer.bytes(of: 261) == Array(" a".utf8))
    }

    @Test func refusesListsThatDoNotGoTogether() {
        func refusal(_ body: () throws -> PieceTokenizer) -> TokenizerRefusal? {
            #expect(throws: TokenizerRefusal.self) { _ = try body() }
        }
        #expect(
            refusal { try PieceTokenizer(tokens: ["a"], scores: [], tokenTypes: [1]) }
                == .lengths(what: "scores", found: 0, expected: 1))
        #expect(refusal { try tokenizer([("▁", .nan)]) } == .score(id: 259))
        #expect(refusal { try tokenizer([("▁", 0), ("<0xZZ>", 0)], types: [260: 6]) } == .byteToken(id: 260))
        #expect(refusal { try tokenizer([("▁", 0)], types: [3 + 0x41: 1]) } == .missingByte(0x41))
        #expect(refusal { try tokenizer([("a", 0)]) } == .missingSpaceMark)
    }

    /// Law: the text comes back, but for U+2581 itself; every id is in the vocabulary. With the plain way beside it:
    /// look through all pairs for the highest score, join it, begin again.
    @Test(arguments: 0..<300)
    func decodesAndMergesAsThePlainWayDoes(seed: Int) throws {
        var draws = Draws(seed: UInt64(seed))
        var pieces: [(text: String, score: Float)] = ["▁", "a", "b", "c", "日"].map { ($0, -50) }
        while pieces.count < 40 {
            let text = draws.element(of: pieces).text + draws.element(of: pieces).text
            guard text.count <= 8, !pieces.contains(where: { $0.text == text }) else { continue }
            pieces.append((text, -Float(draws.below(20))))
        }
        let tokenizer = try tokenizer(pieces, leadingSpace: seed.isMultiple(of: 2) ? .added : .left)
        let wild = draws.text(upTo: 40)
        let ids = tokenizer.encode(wild, marks: .asText)
        #expect(tokenizer.decode(ids) == Array(wild.utf8.map { $0 }))
        #expect(ids.allSatisfy { (0..<tokenizer.tokenCount).contains($0) })

        let text = (0..<draws.below(60)).map { _ in draws.element(of: ["a", "b", "c", "日", " "]) }.joined()
        var parts = text.map { $0 == " " ? "▁" : String($0) }
        if seed.isMultiple(of: 2), !parts.isEmpty { parts.insert("▁", at: 0) }
        while let best = parts.indices.dropLast().compactMap({ index -> (Float, Int)? in
            pieces.first { $0.text == parts[index] + parts[index + 1] }.map { (-$0.score, index) }
        }).min(by: { $0 < $1 }) {
            parts[best.1] += parts.remove(at: best.1 + 1)
        }
        let expected = parts.map { part in pieces.firstIndex { $0.text == part }.map { $0 + 259 } }
        #expect(tokenizer.encode(text, marks: .asText) == expected)
    }

    @Test(arguments: ["a", " ", "日", "q", "<s"])
    func aMegabyteOfTheSameEndsSoon(text: String) throws {
        let tokenizer = try tokenizer([("▁", -9), ("a", -5), ("aa", -1), ("aaaa", -2), ("▁▁", -1), ("日", -1)])
        let long = String(repeating: text, count: 1_000_000 / text.utf8.count)
        let time = try ContinuousClock().measure {
            let ids = tokenizer.encode(long, marks: .asTokens)
            try #require(tokenizer.decode(ids) == Array(long.utf8))
        }
        #expect(time < .seconds(30))
    }
}
