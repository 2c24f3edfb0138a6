import Engine
import Testing

@Suite struct TokenTrieTests {
    /// Id 0 is a control token, 2 a space that a text's beginning loses, 3 unused, 4 says the same as 1.
    private struct SmallTokenizer: Tokenizer {
        let texts = ["<|end|>", "{", " ", "", "{", "}"]
        var tokenCount: Int { texts.count }
        func encode(_ text: String, marks: MarkReading) -> [Int] { [] }
        func bytes(of id: Int) -> [UInt8]? { texts.indices.contains(id) ? Array(texts[id].utf8) : nil }
        func decode(_ ids: [Int]) -> [UInt8] {
            let text = ids.filter { $0 != 0 }.map { texts[$0] }.joined()
            return Array((text.first == " " ? text.dropFirst() : text[...]).utf8)
        }
    }

    @Test func leavesOutControlTokensAndTokensOfNoBytes() throws {
        let trie = TokenTrie(SmallTokenizer())
        #expect(trie.tokenCount == 6)
        // `<` begins no document, so a string is asked where all texts would fit.
        let state = try WrittenText(Grammar(jsonSchema: #"{"type": "string"}"#).start())
        #expect(state.advance("\"".utf8))
        let mask = state.allowedTokens(in: trie)
        #expect((0..<6).filter { mask.contains($0) } == [1, 2, 4, 5])
    }

    @Test func allowsTokensThatEndMoreThanOneValue() throws {
        let trie = TokenTrie(
            tokens: ["\"}", "\"}]", "\"}]}", "\"},{\"", "\"]", "x\", \"b", "xy"].map { Array($0.utf8) })
        let schema = #"{"type": "array", "items": {"type": "object", "additionalProperties": {"maxLength": 1}}}"#
        let state = try WrittenText(Grammar(jsonSchema: schema).start())
        #expect(state.advance(#"[{"a":""#.utf8))
        let mask = state.allowedTokens(in: trie)
        #expect((0..<7).filter { mask.contains($0) } == [0, 1, 3, 5])
    }

    @Test func anotherTreeHasItsOwnMasks() throws {
        let state = try WrittenText(Grammar(jsonSchema: #"{"const": 12}"#).start())
        let one = TokenTrie(tokens: [Array("1".utf8), Array("2".utf8)])
        let other = TokenTrie(tokens: [Array("2".utf8), Array("12".utf8), Array("1".utf8)])
        #expect(state.allowedTokens(in: one).contains(0))
        let mask = state.allowedTokens(in: other)
        #expect((0..<3).filter { mask.contains($0) } == [1, 2])
        #expect(mask.tokenCount == 3)
        #expect(!state.allowedTokens(in: one).contains(1))
    }

    @Test func aVocabularyOfNothingAllowsNothing() {
        let state = WrittenText(Grammar.anyObject.start())
        #expect(state.allowedTokens(in: TokenTrie(tokens: [])).isEmpty)
        #expect(state.allowedTokens(in: TokenTrie(tokens: [[], []])).isEmpty)
    }
}
