import ArgumentParser
import Core
import Pipeline
import Settings
import Store

/// `muster expert show`
struct ExpertShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one expert, never its key.")

    @OptionGroup var shared: SharedOptions

    @Argument(help: "Its id.")
    var id: String

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in
            _ = try assembly.directory.expert(ExpertID(id))
            guard let spec = assembly.specs.first(where: { $0.card.id.rawValue == id }) else { return }
            let report = ExpertReport(spec, assembly: assembly)
            if shared.json { return try Output.json(report) }
            Output.line("\(report.id)   \(report.kind.rawValue) \(report.model), from \(report.from)")
            Output.line("at         \(report.baseUrl ?? "–")   key \(report.apiKey ?? "none")")
            Output.line("context    \(report.context.map(String.init) ?? "unknown") tokens")
            Output.line("price      $\(report.price.input) in, $\(report.price.output) out, for a million tokens")
            Output.line("limits     \(report.concurrent) at a time, \(report.retries) retries")
            let clocks = report.clocks.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.asDuration)" }
            Output.line("clocks     \(clocks.joined(separator: ", "))")
            Output.line("knows      \(report.skills) skills tried, strength \(report.strength.decimals(1))")
            guard let latest = report.capabilities.map(\.at).max() else {
                return Output.line("tested     never: muster expert test \(report.id)")
            }
            Output.line("tested     \(latest.asMoment) UTC")
            for finding in report.capabilities { Output.line(FindingText(finding).line(beginning: "")) }
        }
    }
}
