import ArgumentParser
import Bench
import Core
import Settings
import Store

/// `muster bench writer`: finds out who writes the best synthesis, and keeps it for a route.
struct BenchWriterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "writer", abstract: "Choose who writes syntheses for a route, on answers that runs already hold.",
        discussion: """
            Source: arXiv:2503.05641, step I: each candidate gets a right answer and two wrong ones; the one that most \
            often comes out right is kept. Questions of a test part are refused: use --split train. \
            With --json: {chosen, key, table: [{expert, right, of, cut, failed}]}.
            """)

    @OptionGroup var shared: SharedOptions
    @OptionGroup var source: SuiteOptions

    @Option(parsing: .upToNextOption, help: "Finished runs on these questions, whose answers are shown.")
    var runs: [String]

    @Option(help: "The route whose writer is chosen.")
    var route: String

    @Option(parsing: .upToNextOption, help: "Only these experts are candidates.")
    var experts: [String] = []

    @Option(help: "Repeats every draw.")
    var seed: UInt64 = 7

    @Option(help: "The longest answer, in tokens; the suite's own limit if left out.")
    var maxTokens: Int?

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in
            let routes = assembly.settings.routes.map(\.name.rawValue)
            guard routes.contains(route) else {
                throw Fault.unknown(.unknownModel, "route", named: route, among: routes)
            }
            let first = try await assembly.store.run(runs[0])
            let (suite, questions, _) = try source.read(
                count: first?.questionCount, part: first?.part, skills: assembly.skills)
            let line = ProgressLine(time: assembly.time)
            let outcome = try await AggregatorChoice(
                runs: assembly.store, choices: assembly.store, directory: assembly.directory, time: assembly.time
            ).choose(
                .init(
                    suite: suite, questions: questions, runs: runs, candidates: try assembly.experts(named: experts),
                    route: RouteName(route), seed: seed, maximumTokens: maxTokens)
            ) { done, total in line.show(done: done, total: total, detail: "syntheses") }
            line.end()
            if shared.json { return try Output.json(outcome) }
            var table = TextTable(["expert", "right", "cut", "failed"], sides: [.left, .right, .right, .right])
            for row in outcome.table {
                table.add([row.expert.rawValue, "\(row.right)/\(row.of)", "\(row.cut)", "\(row.failed)"])
            }
            Output.lines(table.lines)
            Output.line("\(outcome.chosen) writes for the route \(route) from now on")
        }
    }

    func validate() throws {
        if runs.isEmpty { throw ValidationError("--runs names no run; muster bench show lists all.") }
        try TokenLimit.check(maxTokens)
    }
}
