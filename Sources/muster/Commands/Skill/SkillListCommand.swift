import ArgumentParser
import Bench
import Core
import Pipeline
import Settings

/// `muster skill list`: each skill with its best three experts.
struct SkillListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List every skill with its best three experts.",
        discussion: """
            Behind each expert stand right answers of all, and between which shares the truth lies with 95 % confidence \
            (Wilson). With --json: [{name, category, questions, best: [{expert, right, of, low, high}]}].
            """)

    @OptionGroup var shared: SharedOptions

    private struct Row: Encodable {
        struct Best: Encodable {
            var expert: ExpertID
            var right: Double
            var of: Double
            /// The 95 % interval of the share, 0...1.
            var low: Double
            var high: Double

            init(_ expert: ExpertID, _ record: SkillRecord) {
                self.expert = expert
                right = record.right
                of = record.count
                // Halves, which come from narrower skills, are rounded.
                let share = RunReport.Share(right: Int(record.right.rounded()), of: Int(record.count.rounded(.up)))
                (low, high) = (share.low, share.high)
            }
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
                    best: ranked.prefix(3).map { Row.Best($0.0, $0.1) })
            }
            if shared.json { return try Output.json(rows) }
            var table = TextTable(["skill", "category", "questions", "best experts"], sides: [.left, .left, .right])
            for row in rows {
                let best = row.best.map { best in
                    "\(best.expert) \(best.right.decimals(0))/\(best.of.decimals(0)) "
                        + "(\((best.low * 100).decimals(0))–\((best.high * 100).decimals(0)) %)"
                }
                table.add([
                    row.name.rawValue, row.category, String(row.questions),
                    best.isEmpty ? "not known yet" : best.joined(separator: ", "),
                ])
            }
            Output.lines(table.lines)
        }
    }
}
