import ArgumentParser
import Core
import Store

/// `muster trace list`
struct TraceListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the latest traces.")

    @OptionGroup var options: TraceOptions

    @Option(help: "How many; 1 to 10000.")
    var limit = 20

    @Option(help: "Only of this route, or of an expert that was addressed by its id.")
    var route: String?

    @Option(help: "Only those in which this expert was recruited or called.")
    var expert: String?

    @Option(help: "Only with this outcome: complete, truncated, failed_over, failed, client_gone.")
    var outcome: String?

    func validate() throws {
        guard (1...10_000).contains(limit) else {
            throw ValidationError("--limit is \(limit); it goes from 1 to 10000.")
        }
        if let outcome, Trace.Outcome(rawValue: outcome) == nil {
            throw ValidationError(
                "--outcome is \(outcome); choose complete, truncated, failed_over, failed or client_gone.")
        }
    }

    func run() async throws {
        let filter = TraceFilter(
            route: route, expert: expert.map { ExpertID($0) }, outcome: outcome.flatMap { Trace.Outcome(rawValue: $0) })
        try await options.withStore { store in
            let traces = try await store.traces(filter, limit: limit)
            if options.shared.json { return try Output.json(traces) }
            guard !traces.isEmpty else { return Output.remark("muster: no such traces are kept") }
            var table = TextTable(
                ["at (UTC)", "trace", "route", "experts", "outcome", "seconds", "tokens", "$"],
                sides: [.left, .left, .left, .left, .left, .right, .right, .right])
            for trace in traces {
                table.add([
                    trace.at.asMoment, trace.id, trace.route,
                    trace.recruitment.experts.map(\.rawValue).joined(separator: ","), trace.outcome.rawValue,
                    trace.seconds.decimals(2), String(trace.usage.totalTokens), trace.dollars.decimals(6),
                ])
            }
            Output.lines(table.lines)
        }
    }
}
