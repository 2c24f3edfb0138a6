import ArgumentParser
import Core
import Engine
import Foundation
import Kernels

/// `muster model bench`: how fast a model reads a prompt and writes an answer here.
struct ModelBenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure prompt and generation speed of a model.",
        discussion: """
            Random token ids, seeded; each figure is the median of the repeats. With --json: \
            {"prompt_tokens_per_second", "generate_tokens_per_second", "resident_bytes", …}.
            """)

    @OptionGroup var options: ModelOptions

    @Option(help: "Tokens of the prompt.")
    var prompt = 512

    @Option(help: "Tokens generated after it.")
    var generate = 64

    @Option(help: "How often both are measured.")
    var repeats = 3

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        for (name, value) in [("--prompt", prompt), ("--generate", generate), ("--repeats", repeats)]
        where !(1...1 << 20).contains(value) {
            throw ValidationError("\(name) is \(value); it goes from 1 to \(1 << 20).")
        }
    }

    func run() throws {
        let clock = ContinuousClock()
        let opened = clock.now
        let model = try options.model()
        let loading = clock.now - opened
        let team = try options.team()
        let evaluation = Evaluation(model, team: team, capacity: prompt + generate, form: .eightBit)
        var random = SeededRandom(seed: 1)
        var prompts: [Double] = []
        var generations: [Double] = []
        for _ in 0..<repeats {
            evaluation.clear()
            let tokens = (0..<prompt).map { _ in Int.random(in: 0..<model.tokenCount, using: &random) }
            var next = 0
            let start = clock.now
            evaluation.extend(by: tokens, scoring: .last) { _, scores in next = Self.best(scores) }
            let middle = clock.now
            for _ in 0..<generate {
                evaluation.extend(by: [next], scoring: .last) { _, scores in next = Self.best(scores) }
            }
            prompts.append(Double(prompt) / (middle - start).asSeconds)
            generations.append(Double(generate) / (clock.now - middle).asSeconds)
        }
        let report = Report(
            promptTokensPerSecond: Self.median(prompts), generateTokensPerSecond: Self.median(generations),
            residentBytes: ProcessMemory.residentBytes, loadSeconds: loading.asSeconds, threads: team.threadCount)
        if json { return try Output.json(report) }
        Output.lines(report.lines(prompt: prompt, generate: generate))
    }

    private struct Report: Encodable {
        let promptTokensPerSecond: Double
        let generateTokensPerSecond: Double
        let residentBytes: Int
        let loadSeconds: Double
        let threads: Int

        func lines(prompt: Int, generate: Int) -> [String] {
            [
                "prompt    \(promptTokensPerSecond.decimals(1)) tokens/s (\(prompt) tokens)",
                "generate  \(generateTokensPerSecond.decimals(1)) tokens/s (\(generate) tokens)",
                "resident  \(residentBytes / 1_048_576) MiB, opened in \((loadSeconds * 1000).decimals(0)) ms, "
                    + "\(threads) threads",
            ]
        }
    }

    private static func best(_ scores: UnsafeBufferPointer<Float>) -> Int {
        scores.indices.max { scores[$0] < scores[$1] } ?? 0
    }

    private static func median(_ values: [Double]) -> Double {
        values.sorted()[values.count / 2]
    }
}
