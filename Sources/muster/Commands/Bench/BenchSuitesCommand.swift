import ArgumentParser
import Core
import Settings

/// `muster bench suites`: which suites there are.
struct BenchSuitesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suites", abstract: "List every suite: its parts, licence and how it is graded.",
        discussion: "With --json: [{name, summary, licence, home, version, parts, metric}].")

    @Option(help: "A folder of suites beside the built-in ones.")
    var suites: String?

    @Flag(help: "Print JSON with stable field names.")
    var json = false

    private struct Row: Encodable {
        var name: String
        var summary: String
        var licence: String
        var home: String
        var version: String
        var parts: [String]
        var metric: String
    }

    func run() throws {
        let shelf = SuiteShelf(folders: SuiteCache.folders(suites))
        let rows = shelf.suites.map { suite in
            Row(
                name: suite.name, summary: suite.summary, licence: suite.licence, home: suite.home,
                version: suite.version, parts: suite.parts.map(\.name), metric: suite.metric.kind.rawValue)
        }
        if json { return try Output.json(rows) }
        var table = TextTable(["suite", "graded by", "parts", "licence", ""])
        for row in rows {
            table.add([row.name, row.metric, row.parts.joined(separator: ", "), row.licence, row.summary])
        }
        Output.lines(table.lines)
        for problems in shelf.problems.sorted(by: { $0.key < $1.key }) {
            for problem in problems.value { Output.remark("muster: \(problem.sentence)") }
        }
    }
}
