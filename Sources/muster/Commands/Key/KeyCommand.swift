import ArgumentParser

/// `muster key`: who may ask, for what, and how much.
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make, list, show, replace and revoke the keys of clients.",
        discussion: """
            A running service that has the same store knows of a change at once. Only a digest of a key's secret is kept: \
            it is shown when it is made, and never again.
            """,
        subcommands: [
            KeyCreateCommand.self, KeyListCommand.self, KeyShowCommand.self, KeyRevokeCommand.self,
            KeyRotateCommand.self,
        ])
}
