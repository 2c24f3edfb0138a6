import Engine
import Support
import Testing

/// Laws over schemas, documents and vocabularies drawn by chance.
@Suite struct GrammarLawTests {
    @Test func everyBeginningOfAFittingDocumentIsAcceptedAndItsEndMayEnd() throws {
        var random = TestRandom(seed: 1)
        for _ in 0..<400 {
            let schema = DrawnSchema.draw(depth: 3, using: &random)
            let grammar = try Grammar(jsonSchema: schema.text)
            for _ in 0..<5 {
                let document = schema.document(using: &random)
                let value = try #require(PlainJSON(Array(document.utf8)))
                #expect(schema.fits(value), "the draw itself: \(schema.text) \(document)")
                let state = WrittenText(grammar.start())
                for byte in document.utf8 { #expect(state.advance([byte]), "\(schema.text) \(document)") }
                #expect(state.mayEnd, "\(schema.text) \(document)")
            }
        }
    }

    @Test func whatAPlainValidatorRejectsIsRejectedByTheEnd() throws {
        var random = TestRandom(seed: 2)
        var rejected = 0
        var accepted = 0
        for _ in 0..<400 {
            let schema = DrawnSchema.draw(depth: 3, using: &random)
            let reading = try GrammarReading(schema.text)
            for _ in 0..<40 {
                let document = mutated(schema.document(using: &random), using: &random)
                let fits = PlainJSON(document).map { schema.fits($0) } ?? false
                guard !fits else {
                    accepted += 1
                    continue
                }
                rejected += 1
                #expect(!reading.accepts(document), "\(schema.text) \(String(decoding: document, as: UTF8.self))")
            }
        }
        #expect(rejected > 5000 && accepted > 500, "the law says something: \(rejected), \(accepted)")
    }

    /// The slow twin asks for each token alone.
    @Test func theMaskIsWhatEachTokenAloneWouldBeAllowed() throws {
        var random = TestRandom(seed: 3)
        var allowed = 0
        for _ in 0..<120 {
            let schema = DrawnSchema.draw(depth: 3, using: &random)
            let document = Array(schema.document(using: &random).utf8)
            let tokens = vocabulary(pieces: [document, Array("\"},]{[:ab é\\n0-1".utf8)], count: 300, using: &random)
            let trie = TokenTrie(tokens: tokens)
            let state = try WrittenText(Grammar(jsonSchema: schema.text).start())
            var at = 0
            while at < document.count {
                let next = min(document.count, at + Int.random(in: 1...4, using: &random))
                #expect(state.advance(document[at..<next]))
                at = next
                let mask = state.allowedTokens(in: trie)
                #expect(mask == state.allowedTokens(in: trie), "asked again")
                for (id, bytes) in tokens.enumerated() {
                    let alone = state.copy()
                    let isAllowed = !bytes.isEmpty && alone.advance(bytes)
                    allowed += isAllowed ? 1 : 0
                    #expect(mask.contains(id) == isAllowed, "\(schema.text) \(at) of \(document), token \(bytes)")
                }
            }
        }
        #expect(allowed > 10_000, "the law says something: \(allowed)")
    }

    @Test func followingAllowedTokensAlwaysEndsInADocumentThatFits() throws {
        var random = TestRandom(seed: 4)
        // Every byte is a token, so what a grammar needs can be written.
        let tokens =
            (0...255).map { [UInt8($0)] }
            + ["\":", "\", \"", "},{", "ab", "é", "null", "\\u00", "]]"].map { Array($0.utf8) }
        let trie = TokenTrie(tokens: tokens)
        let closers = Set("\"]}".utf8.map(Int.init))
        for _ in 0..<150 {
            let schema = DrawnSchema.draw(depth: 3, using: &random)
            let state = try WrittenText(Grammar(jsonSchema: schema.text).start())
            var text: [UInt8] = []
            while !state.mayEnd || !state.mustEnd && Int.random(in: 0..<4, using: &random) > 0 {
                try #require(text.count < 20_000, "it ends: \(schema.text)")
                let mask = state.allowedTokens(in: trie)
                let open = tokens.indices.filter { mask.contains($0) }
                let closing = open.filter { closers.contains($0) }
                // A model wants to end; chance alone would open more arrays than it closes.
                let favoured = !closing.isEmpty && Int.random(in: 0..<3, using: &random) > 0 ? closing : open
                let token = tokens[try #require(favoured.randomElement(using: &random), "no dead end: \(schema.text)")]
                #expect(state.advance(token))
                text += token
            }
            let written = String(decoding: text, as: UTF8.self)
            let value = try #require(PlainJSON(text), "\(schema.text) \(written)")
            #expect(schema.fits(value), "\(schema.text) \(written)")
        }
    }

    @Test func forgettingChangesNothing() throws {
        // Each place in the string is a configuration of its own: 12 000 are more than are remembered.
        let state = try WrittenText(
            Grammar(jsonSchema: #"{"type": "string", "minLength": 12000, "maxLength": 12001}"#).start())
        let trie = TokenTrie(tokens: [[0x22], [0x61], [0x61, 0x61], [0x61, 0x61, 0x22]])
        #expect(state.advance("\"".utf8))
        for count in 0..<11_998 {
            #expect(state.advance("a".utf8), "\(count)")
        }
        func allowed() -> [Bool] {
            let mask = state.allowedTokens(in: trie)
            return (0..<4).map { mask.contains($0) }
        }
        #expect(allowed() == [false, true, true, true])
        #expect(state.advance("aa".utf8))
        #expect(allowed() == [true, true, false, false])
        #expect(state.advance("a\"".utf8))
        #expect(state.mayEnd && state.mustEnd)
    }

    private func mutated(_ text: String, using random: inout some RandomNumberGenerator) -> [UInt8] {
        var bytes = Array(text.utf8)
        let letters = Array("{}[]\",:0a1-.e\\ntb ".utf8) + [0xC3, 0xA9]
        for _ in 0..<Int.random(in: 1...2, using: &random) {
            let at = Int.random(in: 0...bytes.count, using: &random)
            let letter = letters.randomElement(using: &random) ?? 0x20
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes.insert(letter, at: at)
            case 1 where at < bytes.count: bytes[at] = letter
            case 2 where at < bytes.count: bytes.remove(at: at)
            default: bytes.insert(contentsOf: bytes[at...].prefix(4), at: at)
            }
        }
        return bytes
    }

    private func vocabulary(
        pieces: [[UInt8]], count: Int, using random: inout some RandomNumberGenerator
    ) -> [[UInt8]] {
        (0..<count).map { _ in
            let piece = pieces.randomElement(using: &random) ?? []
            let start = Int.random(in: 0...piece.count, using: &random)
            let token = Array(piece[start...].prefix(Int.random(in: 0...6, using: &random)))
            return Bool.random(using: &random) ? token : token.shuffled(using: &random)
        }
    }
}
