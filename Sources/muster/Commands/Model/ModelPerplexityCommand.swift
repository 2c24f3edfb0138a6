import ArgumentParser
import Core
import Engine
import Foundation

/// `muster model perplexity`: how well a model expects a text.
struct ModelPerplexityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "perplexity", abstract: "Measure how well a model expects a text.",
        discussion: """
            The text is cut into windows of --window tokens; in each the second half is scored, as llama.cpp's perplexity \
            tool does: exp of the mean negative log-probability. With --json: {"perplexity", "tokens", "windows"}, and \
            with --each {"each": [{"token", "log_probability"}]}, in the order of the text.
            """)

    @OptionGroup var options: ModelOptions

    @Option(help: "A text file, UTF-8.")
    var text: String

    @Option(help: "Tokens of a window.")
    var window = 512

    @Flag(help: "List every scored token with its log-probability; needs --json.")
    var each = false

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard (8...1 << 17).contains(window) else {
            throw ValidationError("--window is \(window); it goes from 8 to \(1 << 17).")
        }
        guard json || !each else { throw ValidationError("--each lists in JSON only. Add --json.") }
    }

    func run() throws {
        let model = try options.model()
        let codec = try options.codec(model)
        guard let content = try? String(contentsOfFile: text, encoding: .utf8) else {
            throw Fault(.invalidRequest, text, "is not a UTF-8 text that can be read", hint: "Name a text file")
        }
        let ids = codec.encodePrompt(content, marks: .asText)
        guard ids.count >= window else {
            throw Fault(
                .invalidRequest, text, "has \(ids.count) tokens; a window takes \(window)",
                hint: "Give a longer text or a smaller --window")
        }
        let evaluation = Evaluation(model, team: try options.team(), capacity: window)
        var total = 0.0
        var scored: [Scored] = []
        for first in stride(from: 0, through: ids.count - window, by: window) {
            evaluation.clear()
            var tokens = Array(ids[first..<first + window])
            if codec.addsBeginning, let beginning = codec.beginning { tokens[0] = beginning }
            evaluation.extend(by: tokens, scoring: .all) { place, scores in
                guard place >= window / 2, place + 1 < window else { return }
                let next = tokens[place + 1]
                let logProbability = Self.logProbability(of: next, scores)
                total -= logProbability
                scored.append(Scored(token: next, logProbability: logProbability))
            }
        }
        let report = Report(
            perplexity: exp(total / Double(scored.count)), tokens: scored.count, windows: ids.count / window,
            each: each ? scored : nil)
        if json { return try Output.json(report) }
        Output.line("perplexity \(report.perplexity.decimals(4)) over \(scored) tokens in \(report.windows) windows")
    }

    private struct Report: Encodable {
        let perplexity: Double
        let tokens: Int
        let windows: Int
        let each: [Scored]?
    }

    /// A token of the text, and `ln p` of it after those before.
    private struct Scored: Encodable {
        let token: Int
        let logProbability: Double
    }

    private static func logProbability(of token: Int, _ scores: UnsafeBufferPointer<Float>) -> Double {
        let best = scores.max() ?? 0
        let total = scores.reduce(0.0) { $0 + exp(Double($1 - best)) }
        return Double(scores[token] - best) - log(total)
    }
}
