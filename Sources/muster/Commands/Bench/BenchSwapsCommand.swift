import ArgumentParser
import Bench
import Core
import Foundation

/// `muster bench swaps`: what a server that swaps models costs under different orders of answering.
struct BenchSwapsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "swaps", abstract: "Simulate a server that holds few models at a time; nobody is asked.",
        discussion: """
            Compares the order of arrival (the least recently used model leaves), the same order with Belady's choice of \
            which model leaves, grouping by expert as backends: do it, and everything known beforehand. Questions are \
            drawn from the seed, or read from a file with lines of SECONDS EXPERT [SERVICE]. With --json: {questions, \
            experts, holds, load_cost, max_wait, policies: [{policy, loads, reloads, makespan, loading_share, \
            mean_wait, wait_p50, wait_p95, longest_wait}]}, in seconds.
            """)

    @Option(help: "How many questions come.")
    var questions = 500

    @Option(help: "How many experts share the server; the n-th is asked 1/n as often as the first.")
    var experts = 4

    @Option(help: "Questions a second.")
    var rate = 0.2

    @Option(help: "Seconds an answer takes on average.")
    var service = 1.0

    @Option(help: "Seconds that loading a model takes.")
    var loadCost = 8.0

    @Option(help: "Seconds after which a question for another model is next.")
    var maxWait = 30.0

    @Option(help: "How many models the server holds.")
    var holds = 1

    @Option(help: "Draws the same questions again.")
    var seed: UInt64 = 0

    @Option(help: "A file of arrivals in place of drawn ones.")
    var arrivals: String?

    @Flag(help: "Print JSON with stable field names.")
    var json = false

    private struct Report: Encodable {
        var questions: Int
        var experts: Int
        var holds: Int
        var loadCost: Double
        var maxWait: Double
        var policies: [SwapSimulation.Outcome]
    }

    func validate() throws {
        for (name, value, most) in [
            ("questions", questions, 100_000), ("experts", experts, 1_000), ("holds", holds, 64),
        ]
        where !(1...most).contains(value) {
            throw ValidationError("--\(name) is \(value); it goes from 1 to \(most).")
        }
        for (name, value, least) in [
            ("rate", rate, 0.000_1), ("service", service, 0), ("load-cost", loadCost, 0), ("max-wait", maxWait, 0),
        ] where !(least...100_000).contains(value) {
            throw ValidationError("--\(name) is \(value); it goes from \(least) to 100000.")
        }
    }

    func run() async throws {
        let trace = try readTrace()
        let backend = BackendSpec(
            name: "server", holds: holds, maxWait: .seconds(maxWait), loadCost: .seconds(loadCost))
        let report = Report(
            questions: trace.arrivals.count, experts: Set(trace.arrivals.map(\.expert)).count, holds: holds,
            loadCost: loadCost, maxWait: maxWait,
            policies: SwapSimulation.Policy.allCases.map { SwapSimulation(backend).run(trace, $0) })
        if json { return try Output.json(report) }
        Output.line(
            "\(report.questions) questions for \(report.experts) experts; \(holds) fit at a time, a load takes "
                + "\(loadCost.asDuration)")
        var table = TextTable(
            ["order", "loads", "again", "all done", "loading", "wait p50", "wait p95", "longest"],
            sides: [.left] + Array(repeating: .right, count: 7))
        for outcome in report.policies {
            table.add([
                Self.title(outcome.policy), "\(outcome.loads)", "\(outcome.reloads)", outcome.makespan.asDuration,
                "\((outcome.loadingShare * 100).decimals(1)) %", outcome.waitP50.asDuration,
                outcome.waitP95.asDuration, outcome.longestWait.asDuration,
            ])
        }
        Output.lines(table.lines)
    }

    private func readTrace() throws -> SwapTrace {
        guard let arrivals else {
            return SwapTrace.drawn(questions: questions, experts: experts, rate: rate, service: service, seed: seed)
        }
        guard let bytes = FileManager.default.contents(atPath: arrivals) else {
            throw Fault(.unreadableFile, arrivals, "cannot be read", hint: "Check the path")
        }
        return try SwapTrace(text: String(decoding: bytes, as: UTF8.self), name: arrivals, service: service)
    }

    private static func title(_ policy: String) -> String {
        switch SwapSimulation.Policy(rawValue: policy) {
        case .firstCome: "first come"
        case .belady: "first come, Belady"
        case .grouped: "grouped"
        case .known, nil: "known beforehand"
        }
    }
}
