import ArgumentParser
import Core
import Engine

/// `muster model trace`: which weight experts serve each token.
struct ModelTraceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace", abstract: "Show which weight experts serve each token of a text, layer by layer.",
        discussion: """
            With --json: {"expert_counts": […], "layers": [{"layer", "experts": [[…]], "weights": [[…]]}]}, one list a \
            token, best first. Without it how often each layer's experts were used. With --out the trace is also kept \
            in a compact file, weights rounded to halves.
            """)

    @OptionGroup var options: ModelOptions
    @OptionGroup var steering: SteeringOptions

    @Option(help: "Token ids, with commas between.")
    var tokens: TokenList?

    @Option(help: "A text, read as a prompt.")
    var prompt: String?

    @Option(help: "A file to keep the trace in.", completion: .file())
    var out: String?

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard (tokens == nil) != (prompt == nil) else { throw ValidationError("Give one of --tokens and --prompt.") }
    }

    func run() throws {
        let model = try options.model()
        let ids = try tokens?.ids ?? options.codec(model).encodePrompt(prompt ?? "", marks: .asText)
        try TokenList(ids).check(model)
        guard model.expertCounts.contains(where: { $0 > 0 }) else {
            throw Fault(
                .unsupported, options.file, "is a dense model: every weight serves every token",
                hint: "Give a sparse mixture of experts")
        }
        let plan = try steering.plan(for: model)
        let recorder = RoutingRecorder(model, capacity: ids.count)
        let evaluation = Evaluation(model, team: try options.team(), capacity: max(ids.count, 1))
        evaluation.extend(by: ids, scoring: .none, steering: plan, recorder: recorder) { _, _ in }
        let trace = recorder.trace
        if let out { try Self.keep(trace, in: out) }
        if json { return try Output.json(TraceReport(trace)) }
        Output.lines(Self.lines(trace))
    }

    private static func keep(_ trace: RoutingTrace, in path: String) throws {
        do {
            try RoutingTraceFile.write(trace, to: path)
        } catch {
            throw Fault(.unreadableFile, path, "cannot be written: \(error)", hint: "Give a path in a folder of yours")
        }
    }

    private struct TraceReport: Encodable {
        let expertCounts: [Int]
        let layers: [Layer]

        struct Layer: Encodable {
            let layer: Int
            let experts: [[UInt16]]
            let weights: [[Float]]
        }

        init(_ trace: RoutingTrace) {
            expertCounts = trace.expertCounts
            layers = trace.layers.enumerated().filter { $0.element.tokens > 0 }.map { index, layer in
                Layer(
                    layer: index, experts: (0..<layer.tokens).map { Array(layer.experts(of: $0)) },
                    weights: (0..<layer.tokens).map { Array(layer.weights(of: $0)) })
            }
        }
    }

    private static func lines(_ trace: RoutingTrace) -> [String] {
        trace.layers.enumerated().filter { $0.element.tokens > 0 }.map { index, layer in
            var visits = [Int](repeating: 0, count: trace.expertCounts[index])
            for expert in layer.expert { visits[Int(expert)] += 1 }
            let busiest = visits.indices.sorted { (visits[$1], $0) < (visits[$0], $1) }.prefix(6)
            let unused = visits.count { $0 == 0 }
            return "layer \(index): " + busiest.map { "\($0) ×\(visits[$0])" }.joined(separator: ", ")
                + (unused == 0 ? "" : "; \(unused) of \(visits.count) never")
        }
    }
}
