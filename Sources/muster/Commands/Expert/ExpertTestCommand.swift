import ArgumentParser
import Core
import Pipeline
import Settings
import Store

/// `muster expert test`: tries what each expert really does, and keeps what it found for those who recruit.
struct ExpertTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Try what experts really do, and keep it: who is found unable is not recruited.",
        discussion: """
            Some ten small calls an expert, and two with a long text. With --json: [{expert, findings: [{capability, \
            verdict, seen, tokens, at}], calls, usage, dollars, seconds}].
            """)

    @OptionGroup var shared: SharedOptions

    @Argument(help: "Only these experts.")
    var ids: [String] = []

    @Option(help: "The longest text that is tried, in tokens of four bytes; 0 for none.")
    var contextTokens = ExpertTrial.usualContext

    @Flag(help: "Ask nobody, and forget what was found.")
    var forget = false

    func validate() throws {
        if !(0...10_000_000).contains(contextTokens) {
            throw ValidationError("--context-tokens is \(contextTokens); it goes from 0 to 10000000.")
        }
    }

    private struct Forgotten: Encodable {
        var expert: ExpertID
        var findingsForgotten: Int
    }

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in
            let experts = try assembly.experts(named: ids)
            guard !forget else { return try await forget(experts, assembly) }
            let trial = ExpertTrial(context: contextTokens, time: assembly.time, seed: WallClock.entropy())
            var reports: [ExpertTrial.Report] = []
            for id in experts {
                let report = try await trial.run(try assembly.directory.expert(id)) { finding in
                    if !shared.json { Output.line(FindingText(finding).line(beginning: id.rawValue)) }
                }
                reports.append(report)
                try await assembly.keep(report)
                if !shared.json { Output.line(summary(of: report)) }
            }
            if shared.json { try Output.json(reports) }
            if !reports.allSatisfy(\.answers) { throw ExitStatus.failed.code }
        }
    }

    private func forget(_ experts: [ExpertID], _ assembly: Assembly) async throws {
        var report: [Forgotten] = []
        for id in experts {
            report.append(
                Forgotten(expert: id, findingsForgotten: try await assembly.store.forgetCapabilities(of: id)))
        }
        if shared.json { return try Output.json(report) }
        for line in report { Output.line("\(line.expert): \(line.findingsForgotten) findings forgotten") }
    }

    private func summary(of report: ExpertTrial.Report) -> String {
        let cost = report.dollars > 0 ? ", $\(report.dollars.decimals(4))" : ""
        return "\(report.expert): \(report.calls) calls, \(report.usage.totalTokens) tokens\(cost), "
            + report.seconds.asShortTime
    }
}
