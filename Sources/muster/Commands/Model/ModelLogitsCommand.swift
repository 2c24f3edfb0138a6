import ArgumentParser
import Core
import Engine

/// `muster model logits`: the scores of every next token after each token given.
struct ModelLogitsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logits", abstract: "Print the score of every next token after each token given.",
        discussion: """
            The tokens go through as a prompt does, in one batch. With --json: {"logits": [[…]]}, one row a token, each \
            as long as the vocabulary; without it the best five of each row.
            """)

    @OptionGroup var options: ModelOptions

    @Option(help: "Token ids, with commas between. Nothing is added in front.")
    var tokens: TokenList

    @Flag(help: "Print all scores as JSON.")
    var json = false

    func run() throws {
        let model = try options.model()
        try tokens.check(model)
        let evaluation = Evaluation(model, team: try options.team(), capacity: tokens.ids.count)
        var rows = 0
        if json { Output.text(#"{"logits":["#) }
        evaluation.extend(by: tokens.ids, scoring: .all) { place, scores in
            if json {
                Output.text((rows == 0 ? "" : ",") + "[" + scores.map(Self.number).joined(separator: ",") + "]")
            } else {
                Output.line(Self.best(scores, after: tokens.ids[place]))
            }
            rows += 1
        }
        if json { Output.line("]}") }
    }

    /// A number as JSON holds it; one that is none is null.
    private static func number(_ score: Float) -> String { score.isFinite ? "\(score)" : "null" }

    private static func best(_ scores: UnsafeBufferPointer<Float>, after token: Int) -> String {
        let best = scores.indices.sorted { scores[$0] > scores[$1] }.prefix(5)
        return "\(token) → " + best.map { "\($0) (\(Double(scores[$0]).decimals(3)))" }.joined(separator: ", ")
    }
}
