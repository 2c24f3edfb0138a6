import ArgumentParser

/// `muster config`: where a configuration comes from.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Make a configuration from another gateway's.",
        subcommands: [ConfigImportCommand.self])
}
