import ArgumentParser

/// `muster bench`: what experts, and compositions of them, are worth.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Run suites of questions with known answers, and time what Muster itself does.",
        subcommands: [
            BenchSuitesCommand.self, BenchPullCommand.self, BenchRunCommand.self, BenchShowCommand.self,
            BenchRegradeCommand.self, BenchGradeCommand.self, BenchReportCommand.self, BenchCompareCommand.self,
            BenchExportCommand.self, BenchWriterCommand.self, BenchRoutingCommand.self, BenchSwapsCommand.self,
            BenchScheduleCommand.self,
        ])
}
