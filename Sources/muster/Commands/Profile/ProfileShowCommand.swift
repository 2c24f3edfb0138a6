import ArgumentParser
import Core
import Pipeline

/// `muster profile show`: skills by experts.
struct ProfileShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show each expert's record, skill by skill.",
        discussion: "With --json: [{expert, strength, skills: [{skill, right, wrong, competency, share}]}].")

    @OptionGroup var shared: SharedOptions

    @Argument(help: "Only this expert.")
    var expert: String?

    private struct Row: Encodable {
        struct Entry: Encodable {
            var skill: SkillName
            var right: Double
            var wrong: Double
            var competency: Double
            var share: Double
        }

        var expert: ExpertID
        var strength: Double
        var skills: [Entry]
    }

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in
            let book = assembly.profiles.snapshot.book
            let rows = try assembly.experts(named: expert.map { [$0] } ?? []).map { id in
                let profile = book.profile(of: id)
                return Row(
                    expert: id, strength: profile.strength,
                    skills: profile.records.sorted { $0.key < $1.key }.map {
                        .init(
                            skill: $0.key, right: $0.value.right, wrong: $0.value.wrong, competency: $0.value.net,
                            share: $0.value.shrunkShare)
                    })
            }
            if shared.json { return try Output.json(rows) }
            guard !book.vocabulary.isEmpty else {
                return Output.line("Nothing is known yet. muster profile build asks experts our skills' questions.")
            }
            var table = TextTable(["skill"] + rows.map(\.expert.rawValue), sides: [.left] + rows.map { _ in .right })
            for skill in book.vocabulary {
                table.add([skill.rawValue] + rows.map { row in cell(book.profile(of: row.expert).records[skill]) })
            }
            table.add(["strength"] + rows.map { $0.strength.decimals(1) })
            Output.lines(table.lines)
        }
    }

    private func cell(_ record: SkillRecord?) -> String {
        guard let record else { return "–" }
        let right = record.right.rounded() == record.right ? record.right.decimals(0) : record.right.decimals(1)
        let count = record.count.rounded() == record.count ? record.count.decimals(0) : record.count.decimals(1)
        return "\(right)/\(count)"
    }
}
