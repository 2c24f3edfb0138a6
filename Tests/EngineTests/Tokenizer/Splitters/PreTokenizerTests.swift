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

    @Test(arguments: [("llama-bpe", true), ("tekken", true), ("dbrx", false), ("gpt-4o", false), ("default", false)])
    func keepsWholePiecesAndAddsABeginningForLlama3AndTekken(name: String, isOneOfThem: Bool) throws {
        let preTokenizer = try PreTokenizer(named: name)
        #expect(preTokenizer.wholePieces == (isOneOfThem ? .kept : .merged))
        #expect(preTokenizer.beginning == (isOneOfThem ? .added : .left))
    }

    @Test func namesThoseItKnowsAndTheNearestWhenItRefuses() throws {
        let refusal = try #require(throws: TokenizerRefusal.self) { try PreTokenizer(named: "qwen-2") }
        #expect(refusal == .unknownPreTokenizer(found: "qwen-2", known: PreTokenizer.names))
        #expect(refusal.description.contains("expected one of bailingmoe, bailingmoe2, chatglm-bpe, "))
        #expect(refusal.description.hasSuffix("The nearest is “qwen2”. Use a model of one of these families."))
    }

    @Test func namesNoneAsTheNearestOfAnEndlessName() throws {
        let name = String(repeating: "qwen2", count: 100_000)
        let refusal = try #require(throws: TokenizerRefusal.self) { try PreTokenizer(named: name) }
        #expect(!refusal.description.contains("nearest"))
        #expect(refusal.description.utf8.count < 1000)
    }

    /// A run of one class is scanned a fixed number of times; the bound only tells a hang from slowness.
    @Test(arguments: [" ", "\n", "a", "1", "!", "'", "\u{3000}", " \n", " a", "'ll", "aB", "é", "éA", "日", "\u{1}"])
    func cutsALongRunOfTheSameSoon(text: String) throws {
        let long = String(repeating: text, count: 300_000 / text.utf8.count)
        for name in ["default", "deepseek-coder", "deepseek-llm", "deepseek-v3", "gpt-4o", "qwen2", "refact"] {
            let splitter = try PreTokenizer(named: name).splitter
            let clock = ContinuousClock()
            let time = clock.measure { #expect(!splitter.pieces(of: long).isEmpty) }
            #expect(time < .seconds(30))
        }
    }
}
