import Engine
import Testing

struct BytePairTokenizerTests {
    /// Ids of merges: "a b" 256, "ab c" 257, "b c" 258.
    @Test func mergesByRank() throws {
        let tokenizer = try SmallVocabulary(merges: ["a b", "ab c", "b c"]).tokenizer()
        #expect(tokenizer.encode("abc", marks: .asText) == [257])
        #expect(tokenizer.encode("bcab", marks: .asText) == [258, 256])
    }

    /// Rank 0 joins b and c first, after which nothing joins a.
    @Test func aLowerRankGoesFirstThoughItComesLater() throws {
        let tokenizer = try SmallVocabulary(merges: ["b c", "a b", "ab c"]).tokenizer()
        #expect(tokenizer.encode("abc", marks: .asText) == [0x61, 256])
    }

    /// Five a: the leftmost pairs go first, (aa)(aa)a, then (aaaa)a.
    @Test func ofEqualPairsTheLeftmostGoesFirst() throws {
        let tokenizer = try SmallVocabulary(merges: ["a a", "aa aa"]).tokenizer()
        let single = tokenizer.encode("a", marks: .asText)
        #expect(tokenizer.encode("aaaaa", marks: .asText) == [257] + single)
        #expect(tokenizer.encode("aaa", marks: .asText) == [256] + single)
    }

    /// "ab" is no token here, yet a step on the way to "abc".
    @Test func passesThroughTextsThatAreNoTokens() throws {
        var vocabulary = SmallVocabulary(merges: ["a b", "ab c"])
        vocabulary.tokens[256] = "unrelated"
        let tokenizer = try vocabulary.tokenizer()
        #expect(tokenizer.encode("abc", marks: .asText) == [257])
        #expect(tokenizer.encode("ab", marks: .asText).map { tokenizer.bytes(of: $0) } == [[0x61], [0x62]])
    }

    @Test func keepsAWholePieceOnlyWhereThePreTokenizerSaysSo() throws {
        var vocabulary = SmallVocabulary(merges: ["a b"])
        vocabulary.tokens.append("bab")
        vocabulary.types.append(1)
        let kept = try vocabulary.tokenizer(preTokenizer: PreTokenizer(splitter: Uncut(), wholePieces: .kept))
        #expect(kept.encode("bab", marks: .asText) == [257])
        #expect(try vocabulary.tokenizer().encode("bab", marks: .asText).last == 256)
    }

    @Test func readsControlTokensOnlyInTextOfTheProgram() throws {
        let tokenizer = try SmallVocabulary(merges: ["a b"], marks: [("<|end|>", 3)]).tokenizer()
        #expect(tokenizer.encode("ab<|end|>ab", marks: .asTokens) == [256, 257, 256])
        let written = tokenizer.encode("ab<|end|>ab", marks: .asText)
        #expect(!written.contains(257))
        #expect(tokenizer.decode(written) == Array("ab<|end|>ab".utf8))
    }

    /// The vocabulary calls the end of a turn normal text, and its merges lead there; the caller knows better.
    @Test func noTextBecomesAControlTokenByMerging() throws {
        let tokenizer = try SmallVocabulary(merges: ["< a", "<a >"]).tokenizer(controls: [257])
        #expect(tokenizer.encode("<a>", marks: .asTokens) == [257])
        #expect(!tokenizer.encode("<a>", marks: .asText).contains(257))
        #expect(tokenizer.decode(tokenizer.encode("<a>", marks: .asText)) == Array("<a>".utf8))
    }

    @Test func cutsTheLongestMarkFromTheLeft() throws {
        let marks = [("<a", 4), ("<a>", 4), (">b", 4), ("日本", 4), ("", 4)]
        let tokenizer = try SmallVocabulary(merges: [], marks: marks).tokenizer()
        #expect(tokenizer.encode("<a>b", marks: .asText).first == 257)
        #expect(tokenizer.encode("<a日本", marks: .asText) == [256, 259])
        #expect(tokenizer.encode("<a>", marks: .asText) == [257])
    }

    @Test func hidesControlTokensInDecodedText() throws {
        let tokenizer = try SmallVocabulary(merges: ["a b"], marks: [("<|end|>", 3), ("[PAD]", 5)]).tokenizer()
        #expect(tokenizer.decode([256, 257, 258, 259, -1, .max]) == Array("ab".utf8))
        #expect(tokenizer.bytes(of: 257) == Array("<|end|>".utf8))
        #expect(tokenizer.bytes(of: 258) == [])
        #expect(tokenizer.bytes(of: 259) == nil)
        #expect(tokenizer.bytes(of: -1) == nil)
    }

    @Test func refusesListsThatDoNotGoTogether() {
        let good = SmallVocabulary(merges: ["a b"])
        func refusal(_ change: (inout SmallVocabulary) -> Void, controls: [Int] = []) -> TokenizerRefusal? {
            var changed = good
            change(&changed)
            return #expect(throws: TokenizerRefusal.self) { try changed.tokenizer(controls: controls) }
        }
        #expect(refusal { $0.types.removeLast() } == .lengths(what: "token types", found: 256, expected: 257))
        #expect(refusal { $0.types[3] = 7 } == .tokenType(id: 3, found: 7))
        #expect(refusal({ _ in }, controls: [257]) == .outsideVocabulary(id: 257, tokenCount: 257))
        #expect(refusal({ _ in }, controls: [-1]) == .outsideVocabulary(id: -1, tokenCount: 257))
        #expect(refusal { $0.merges.append("ab") } == .merge(index: 1))
        #expect(refusal { $0.merges.append("a ") } == .merge(index: 1))
        #expect(refusal { $0.merges.append(" a") } == .merge(index: 1))
        #expect(refusal { $0.merges.append("") } == .merge(index: 1))
        #expect(refusal { $0.merges.append("a 日") } == .merge(index: 1))
        #expect(refusal { $0.tokens[0x61] = "b" } == .missingByte(0x61))
        #expect(
            refusal {
                $0.tokens = []
                $0.types = []
            }?.description.hasPrefix("vocabulary: found 0 tokens, expected 1 to ") == true)
    }

    @Test func refusesMarksThatWouldFillTheMemory() {
        let long = String(repeating: "x", count: 1 << 20)
        #expect(throws: TokenizerRefusal.marks(found: 1_048_577, most: 1_048_576)) {
            try SmallVocabulary(merges: [], marks: [(long, 3), ("y", 4)]).tokenizer()
        }
    }

    /// Law: the text comes back, and every id is in the vocabulary.
    @Test(arguments: PreTokenizer.names)
    func decodingGivesTheTextBack(name: String) throws {
        for seed in 0..<200 {
            var draws = Draws(seed: UInt64(seed))
            let vocabulary = SmallVocabulary.drawn(count: 30, using: &draws)
            let tokenizer = try vocabulary.tokenizer(preTokenizer: PreTokenizer(named: name))
            let text = draws.text(upTo: 60)
            let ids = tokenizer.encode(text, marks: .asTokens)
            #expect(tokenizer.decode(ids) == Array(text.utf8), "seed \(seed)")
            #expect(ids.allSatisfy { (0..<tokenizer.tokenCount).contains($0) }, "seed \(seed)")
        }
    }

    /// The slow twin: look through all pairs for the lowest rank, join it, begin again.
    @Test(arguments: 0..<300)
    func mergesAsThePlainWayDoes(seed: Int) throws {
        var draws = Draws(seed: UInt64(seed))
        let vocabulary = SmallVocabulary.drawn(count: 40, using: &draws)
        let tokenizer = try vocabulary.tokenizer()
        let text = (0..<draws.below(80)).map { _ in draws.element(of: ["a", "b", "c", " "]) }.joined()
        var parts = text.map { $0 == " " ? "\u{120}" : String($0) }
        while let best = parts.indices.dropLast().compactMap({ index -> (rank: Int, index: Int)? in
            vocabulary.merges.firstIndex(of: parts[index] + " " + parts[index + 1]).map { ($0, index) }
        }).min(by: { $0 < $1 }) {
            parts[best.index] += parts.remove(at: best.index + 1)
        }
        let expected = parts.map { vocabulary.tokens.firstIndex(of: $0) }
        #expect(tokenizer.encode(text, marks: .asText) == expected)
    }

    /// A quadratic way would take hours; the bound only tells a hang from slowness.
    @Test(arguments: ["a", "ab", "<", "<|en", " "])
    func aMegabyteOfTheSameEndsSoon(text: String) throws {
        let merges = ["a a", "aa aa", "aaaa aaaa", "a b", "ab ab", "\u{120} \u{120}", "< <"]
        let tokenizer = try SmallVocabulary(merges: merges, marks: [("<|end|>", 3), ("<|endoftext|>", 3)]).tokenizer()
        let long = String(repeating: text, count: 1_000_000 / text.utf8.count)
        let time = try ContinuousClock().measure {
            let ids = tokenizer.encode(long, marks: .asTokens)
            try #require(tokenizer.decode(ids) == Array(long.utf8))
        }
        #expect(time < .seconds(30))
    }
}
