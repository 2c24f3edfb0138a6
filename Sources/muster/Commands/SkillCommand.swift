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

/// `muster skill list`: each skill with its best three experts.
struct SkillListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List every skill with its best three experts.",
        discussion: "With --json: [{name, category, questions, best: [{expert, right, of}]}].")

    @OptionGroup var shared: SharedOptions

    private struct Row: Encodable {
        struct Best: Encodable {
            var expert: ExpertID
            var right: Double
            var of: Double
        }

        var name: SkillName
        var category: String
        var questions: Int
        var best: [Best]
    }

    func run() async throws {
        try await Assembly.with(shared.config) { assembly in
            let book = assembly.profiles.snapshot.book
            let ids = assembly.directory.experts.map(\.card.id)
            let rows = assembly.skills.map { skill in
                let ranked = ids.compactMap { id in book.profile(of: id).records[skill.name].map { (id, $0) } }
                    .sorted { ($0.1.shrunkShare, $1.0) > ($1.1.shrunkShare, $0.0) }
                return Row(
                    name: skill.name, category: skill.category, questions: skill.questions.count,
                    best: ranked.prefix(3).map { .init(expert: $0.0, right: $0.1.right, of: $0.1.count) })
            }
            if shared.json { return try Output.json(rows) }
            var table = TextTable(["skill", "category", "questions", "best experts"], sides: [.left, .left, .right])
            for row in rows {
                let best = row.best.map { "\($0.expert) \($0.right.decimals(0))/\($0.of.decimals(0))" }
                table.add([
                    row.name.rawValue, row.category, String(row.questions),
                    best.isEmpty ? "not known yet" : best.joined(separator: ", "),
                ])
            }
            Output.lines(table.lines)
        }
    }
}

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
        try await Assembly.with(shared.config) { assembly in
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

/// `muster skill check`: what is wrong with the skills, and what to write.
struct SkillCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check every skill: form, questions, answers.")

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        try CheckReport.check(shared, onlySkills: true)
    }
}
