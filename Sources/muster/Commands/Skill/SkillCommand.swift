import ArgumentParser
import Core
import Pipeline
import Settings

/// `muster skill`: the abilities that questions may need.
struct SkillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "skill", abstract: "List, show and check skills.",
        subcommands: [SkillListCommand.self, SkillShowCommand.self, SkillCheckCommand.self])
}
