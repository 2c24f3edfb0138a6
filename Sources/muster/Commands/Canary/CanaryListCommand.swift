import ArgumentParser
import Core

/// `muster canary list`
struct CanaryListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "How each expert began in each skill, and how it does now.",
        discussion:
            "With --json: [{expert, skill, before: {right, of, low, high}, now, at, is_suspect, demoted_since}].")

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in try Self.show(try await assembly.canaryBook(), shared) }
    }

    static func show(_ book: CanaryBook, _ shared: SharedOptions) throws {
        if shared.json { return try Output.json(book.standings) }
        guard !book.standings.isEmpty else {
            return Output.line(
                "no rounds yet: muster canary run asks one, canaries: in the configuration does on schedule")
        }
        var table = TextTable(["expert", "skill", "before", "now", "at", "state"])
        for standing in book.standings {
            table.add([
                standing.expert.rawValue, standing.skill.rawValue, standing.before.text, standing.now?.text ?? "–",
                standing.at.asMoment,
                standing.demotedSince.map { "demoted since \($0.asMoment)" }
                    ?? (standing.now == nil ? "settling" : standing.isSuspect ? "suspect" : "stands"),
            ])
        }
        Output.lines(table.lines)
    }
}
