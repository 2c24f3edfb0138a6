import ArgumentParser
import Bench
import Core
import Store

/// `muster bench show`: what came out of runs.
struct BenchShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show runs side by side; all of them without an id.",
        discussion: """
            strict % is the suite's own form of answer, flexible % the last number; in brackets the 95 % interval. \
            With --json: [{id, suite, strategy, questions, strict: {right, of, share, low, high}, flexible, cut, …}].
            """)

    @OptionGroup var shared: SharedOptions

    @Argument(help: "The runs.")
    var ids: [String] = []

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in
            let chosen = ids.isEmpty ? try await assembly.store.runs().map(\.id) : ids
            guard !chosen.isEmpty || shared.json else {
                return Output.line("There are no runs yet. muster bench run makes one.")
            }
            try await Self.show(chosen, shared, assembly)
        }
    }

    static func show(_ ids: [String], _ shared: SharedOptions, _ assembly: Assembly) async throws {
        var reports: [RunReport] = []
        for id in ids { reports.append(try await RunReport(id, from: assembly.store)) }
        if shared.json { return try Output.json(reports) }
        var table = TextTable(
            RunTable.header, sides: [.left, .left] + Array(repeating: .right, count: RunTable.header.count - 3))
        for row in RunTable(reports).rows { table.add(row) }
        Output.lines(table.lines)
    }
}
