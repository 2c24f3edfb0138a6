import ArgumentParser
import Bench
import Core
import Store

/// `muster bench compare`: what changed from one run to another, and whether chance explains it.
struct BenchCompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Say what changed between two runs on the same questions, and whether it is noise.",
        discussion: """
            With --json: {first, second, questions, both_right, only_first, only_second, neither, difference, interval, \
            chance, verdict, examples}.
            """)

    @OptionGroup var shared: SharedOptions

    @Argument(help: "The run to start from.")
    var first: String

    @Argument(help: "The run to compare with it.")
    var second: String

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in
            let comparison = try RunComparison(
                try await RunRecord(first, from: assembly.store), try await RunRecord(second, from: assembly.store))
            if shared.json { return try Output.json(comparison) }
            Output.line(comparison.verdict)
            Output.line(
                "\(comparison.questions) questions: \(comparison.bothRight) both right, \(comparison.onlyFirst) only "
                    + "\(first), \(comparison.onlySecond) only \(second), \(comparison.neither) neither")
            guard !comparison.examples.isEmpty else { return }
            var table = TextTable(["question", "right", first, second])
            for example in comparison.examples.prefix(10) {
                table.add([
                    example.question, example.right, example.first.onOneLine(upTo: 40),
                    example.second.onOneLine(upTo: 40),
                ])
            }
            Output.lines(table.lines)
        }
    }
}
