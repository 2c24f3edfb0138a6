import ArgumentParser
import Core
import Pipeline
import Settings
import Store

/// `muster expert list`
struct ExpertListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List every expert.")

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in
            let reports = assembly.specs.map { ExpertReport($0, assembly: assembly) }
            if shared.json { return try Output.json(reports) }
            var table = TextTable(
                ["expert", "kind", "model", "at", "$ in/out", "skills", "strength", "from", "lacks"],
                sides: [.left, .left, .left, .left, .right, .right, .right])
            for report in reports {
                table.add([
                    report.id.rawValue, report.kind.rawValue, report.model, report.baseUrl ?? "–",
                    "\(report.price.input)/\(report.price.output)", String(report.skills), report.strength.decimals(1),
                    report.from, report.lacks,
                ])
            }
            Output.lines(table.lines)
        }
    }
}
