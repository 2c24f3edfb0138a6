import ArgumentParser
import Bench
import Core
import Store

/// `muster bench export`: runs for other tools.
struct BenchExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print runs as lm-evaluation-harness's result JSON, or as recorded outcomes.",
        discussion: "--replay prints what muster replay reads: runs of single experts on the same questions.")

    @OptionGroup var configuration: ConfigurationOptions

    @Argument(help: "The runs.")
    var ids: [String]

    @Flag(help: "Recorded outcomes, one question a line; the harness's results otherwise.")
    var replay = false

    @OptionGroup var data: RunQuestions

    func run() async throws {
        try await Assembly.with(configuration.source) { assembly in
            var records: [RunRecord] = []
            for id in ids { records.append(try await RunRecord(id, from: assembly.store)) }
            guard replay, let first = records.first else {
                var suites: [String: SuiteSpec] = [:]
                for record in records {
                    suites[record.run.suite] = try? SuiteCache.suite(record.run.suite, folder: data.suites).spec
                }
                return Output.line(String(decoding: HarnessExport(records, suites: suites).json, as: UTF8.self))
            }
            let (suite, questions, _) = try data.read(first.run, skills: assembly.skills)
            Output.text(try ReplayExport(records, suite: suite, questions: questions).text)
        }
    }

    func validate() throws {
        if ids.isEmpty { throw ValidationError("Name runs; muster bench show lists all.") }
    }
}
