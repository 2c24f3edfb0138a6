import ArgumentParser

/// `muster canary`: whether experts have become worse.
struct CanaryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "canary",
        abstract: "Ask questions with known answers again and again: has an expert become worse?",
        subcommands: [CanaryListCommand.self, CanaryRunCommand.self])
}
