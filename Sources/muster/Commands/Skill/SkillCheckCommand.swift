import ArgumentParser
import Core
import Pipeline
import Settings

/// `muster skill check`: what is wrong with the skills, and what to write.
struct SkillCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check every skill: form, questions, answers.")

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        try CheckReport.check(shared, onlySkills: true)
    }
}
