import ArgumentParser

/// `muster profile`: what experts have shown.
struct ProfileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile", abstract: "Find out and show what experts know.",
        subcommands: [ProfileBuildCommand.self, ProfileLearnCommand.self, ProfileShowCommand.self])
}
