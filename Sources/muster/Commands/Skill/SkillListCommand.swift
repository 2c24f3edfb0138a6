import ArgumentParser
import Core
import Pipeline
import Settings

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
        try await Assembly.with(shared.source) { assembly in
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
