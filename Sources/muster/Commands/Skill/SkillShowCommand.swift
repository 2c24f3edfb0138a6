import ArgumentParser
import Core
import Pipeline
import Settings

/// `muster skill show`: one skill as experts and annotators see it.
struct SkillShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one skill.")

    @OptionGroup var shared: SharedOptions

    @Argument(help: "The skill's name.")
    var name: String

    private struct Report: Encodable {
        var name: SkillName
        var category: String
        var description: String
        var keywords: [String]
        var includes: [SkillName]
        var version: String
        var isActive: Bool
        var grader: GraderKind?
        var instructions: String
        var questions: [GradedQuestion]
    }

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in
            let skill = try assembly.skills(named: [name])[0]
            if shared.json {
                return try Output.json(
                    Report(
                        name: skill.name, category: skill.category, description: skill.description,
                        keywords: skill.keywords, includes: skill.includes, version: skill.version,
                        isActive: skill.isActive, grader: skill.grader, instructions: skill.instructions,
                        questions: skill.questions))
            }
            Output.line("\(skill.name)   \(skill.category), version \(skill.version)\(skill.isActive ? "" : ", draft")")
            Output.line(skill.description)
            Output.line("keywords   " + skill.keywords.joined(separator: ", "))
            if !skill.includes.isEmpty {
                Output.line("includes   " + skill.includes.map(\.rawValue).joined(separator: ", "))
            }
            Output.line("questions  \(skill.questions.count), graded by \(skill.grader?.rawValue ?? "nobody")")
            for question in skill.questions.prefix(3) { Output.line("  - \(question.question) → \(question.answer)") }
            if !skill.instructions.isEmpty { Output.line("\n" + skill.instructions) }
        }
    }
}
