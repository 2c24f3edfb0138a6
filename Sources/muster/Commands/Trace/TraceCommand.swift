import ArgumentParser

/// `muster trace`: what was decided for earlier questions.
struct TraceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace", abstract: "Read the story of earlier questions.",
        subcommands: [TraceShowCommand.self, TraceListCommand.self])
}
