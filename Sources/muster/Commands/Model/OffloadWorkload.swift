import ArgumentParser
import Core
import Engine
import Foundation
import Kernels

/// The tokens that a model is run over to see what its experts' memory does: a prompt, then one token at a time.
struct OffloadWorkload: ParsableArguments {
    @Option(help: "Tokens of the prompt.")
    var promptTokens = 32

    @Option(help: "Tokens after it, one at a time.")
    var generate = 64

    @Option(help: "Seed of the random tokens.")
    var seed: UInt64 = 1

    @Option(help: "A text file to take the tokens from.", completion: .file())
    var text: String?

    // More would hide in the first passes what comes later.
    private static let mostTokens = 1 << 16

    func validate() throws {
        for (name, value) in [("--prompt-tokens", promptTokens), ("--generate", generate)]
        where !(1...Self.mostTokens).contains(value) {
            throw ValidationError("\(name) is \(value); it goes from 1 to \(Self.mostTokens).")
        }
    }

    /// The tokens, those of the prompt first. Throws `Fault` when the text has too few.
    func tokens(_ model: LanguageModel, _ options: ModelOptions) throws -> [Int] {
        let count = promptTokens + generate
        guard let text else {
            var random = SeededRandom(seed: seed)
            return (0..<count).map { _ in Int.random(in: 0..<model.tokenCount, using: &random) }
        }
        let words: String
        do {
            words = try String(contentsOf: URL(filePath: text), encoding: .utf8)
        } catch {
            throw Fault(
                .unreadableFile, text, "cannot be read: \(error.localizedDescription)", hint: "Give a UTF-8 text")
        }
        let tokens = try options.codec(model).encodePrompt(words, marks: .asText)
        guard tokens.count > promptTokens else {
            throw Fault(
                .invalidRequest, text, "has \(tokens.count) tokens", expected: "more than the prompt's \(promptTokens)",
                hint: "Give a longer text or a smaller --prompt-tokens")
        }
        return Array(tokens.prefix(count))
    }

    /// How many of `count` tokens go through the layers together, pass by pass.
    func passes(of count: Int) -> [Int] {
        stride(from: 0, to: promptTokens, by: Self.passTokens).map { min(Self.passTokens, promptTokens - $0) }
            + [Int](repeating: 1, count: count - promptTokens)
    }

    // Small enough that an evaluation does not cut it further.
    private static let passTokens = 64

    /// What a run took, and what it computed.
    struct Run {
        let promptSeconds: Double
        let generateSeconds: Double
        let promptTokens: Int
        let generateTokens: Int
        /// Of the bits of every score.
        let digest: UInt64
        /// After the prompt, and at the end; nil for a mapped model.
        let statistics: (prompt: ExpertStoreStatistics, end: ExpertStoreStatistics)?

        var generateTokensPerSecond: Double { Double(generateTokens) / generateSeconds }
        var promptTokensPerSecond: Double { Double(promptTokens) / promptSeconds }
    }

    /// Runs `model` over `tokens`.
    func run(
        _ model: LanguageModel, _ team: ThreadTeam, _ tokens: [Int], recorder: RoutingRecorder? = nil
    ) -> Run {
        let clock = ContinuousClock()
        let evaluation = Evaluation(model, team: team, capacity: tokens.count)
        var digest = ScoreDigest()
        var first = 0
        let begun = clock.now
        var middle = begun
        var statistics = model.expertStatistics
        for count in passes(of: tokens.count) {
            if first == promptTokens { (middle, statistics) = (clock.now, model.expertStatistics) }
            let pass = Array(tokens[first..<first + count])
            evaluation.extend(by: pass, scoring: .last, recorder: recorder) { _, scores in digest.add(scores) }
            first += count
        }
        let end = clock.now
        return Run(
            promptSeconds: (middle - begun).asSeconds, generateSeconds: (end - middle).asSeconds,
            promptTokens: promptTokens, generateTokens: tokens.count - promptTokens, digest: digest.value,
            statistics: statistics.flatMap { prompt in model.expertStatistics.map { (prompt, $0) } })
    }
}

/// A number that two runs share only when all their scores have the same bits (FNV-1a, over words of 32 bits).
private struct ScoreDigest {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ scores: UnsafeBufferPointer<Float>) {
        for score in scores { value = (value ^ UInt64(score.bitPattern)) &* 0x100_0000_01B3 }
    }
}
