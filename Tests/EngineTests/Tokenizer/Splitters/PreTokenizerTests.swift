import Engine
import Testing

struct PreTokenizerTests {
    @Test(arguments: PreTokenizer.names)
    func piecesTogetherAreTheText(name: String) throws {
        let splitter = try PreTokenizer(named: name).splitter
        for seed in 0..<300 {
            var draws = Draws(seed: UInt64(seed))
            let text = draws.text(upTo: 40)
            let pieces = splitter.pieces(of: text)
            #expect(Array(pieces.joined().utf8) == Array(text.utf8), "seed \(seed)")
            #expect(!pieces.contains { $0.unicodeScalars.isEmpty }, "seed \(seed)")
        }
    }

    @Test func keepsWholePiecesForLlama3Alone() throws {
        #expect(try PreTokenizer(named: "llama-bpe").wholePieces == .kept)
        #expect(try PreTokenizer(named: "dbrx").wholePieces == .merged)
    }

    @Test func namesThoseItKnowsWhenItRefuses() {
        let refusal = #expect(throws: TokenizerRefusal.self) { try PreTokenizer(named: "tekken") }
        #expect(
            refusal?.description == "vocabulary: found the pre-tokenizer “tekken”, expected one of dbrx, gpt-2, "
                + "llama-bpe, olmo, qwen2. Use a model of one of these families.")
    }

    /// A run of one class is scanned a fixed number of times; the bound only tells a hang from slowness.
    @Test(arguments: [" ", "\n", "a", "1", "!", "'", "\u{3000}", " \n", " a", "'ll"])
    func cutsAMegabyteOfTheSameQuickly(text: String) throws {
        let long = String(repeating: text, count: 1_000_000 / text.utf8.count)
        for name in PreTokenizer.names {
            let splitter = try PreTokenizer(named: name).splitter
            let clock = ContinuousClock()
            let time = clock.measure { #expect(!splitter.pieces(of: long).isEmpty) }
            #expect(time < .seconds(30))
        }
    }
}
