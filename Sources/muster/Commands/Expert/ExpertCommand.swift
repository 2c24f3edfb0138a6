import ArgumentParser
import Core
import Pipeline
import Settings
import Store

/// `muster expert`: who can be asked.
struct ExpertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expert", abstract: "List, add, remove, show and test experts.",
        subcommands: [
            ExpertListCommand.self, ExpertAddCommand.self, ExpertRemoveCommand.self, ExpertShowCommand.self,
            ExpertTestCommand.self,
        ])
}
