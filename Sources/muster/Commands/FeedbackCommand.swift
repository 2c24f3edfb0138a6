import ArgumentParser
import Core
import Settings
import Store

/// `muster feedback`: how good the answer of an earlier question was.
struct FeedbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feedback", abstract: "Say how good an answer was; it is kept with its trace.",
        discussion: """
            A second word on the same answer replaces the first. muster replay --from-store tells from it what other ways \
            of routing would have earned. With --json: {"trace", "score", "comment", "at"}.
            """)

    @OptionGroup var shared: SharedOptions

    @Option(help: "Why; kept only with store.keep_text.")
    var comment: String?

    @Argument(help: "The trace's id, or the id of the chat completion.")
    var trace: String

    @Argument(help: "0 for useless, 1 for just right.")
    var score: Double

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in
            let written = try Feedback(
                trace: Feedback.traceID(in: trace), score: score, comment: comment, at: assembly.time.timestamp())
            let feedback = assembly.settings.store.keepText ? written : written.withoutText
            try await assembly.store.keep(feedback)
            if comment != nil, feedback.comment == nil {
                Output.remark("muster: the comment was not kept: store.keep_text is off")
            }
            if shared.json { return try Output.json(feedback) }
            Output.line("trace \(feedback.trace): \(feedback.score)")
        }
    }
}
