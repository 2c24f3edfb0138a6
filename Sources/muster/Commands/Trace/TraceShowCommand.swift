import ArgumentParser
import Core
import Store

/// `muster trace show`
struct TraceShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one trace: what was decided, who was asked, how long each took.",
        discussion: "With --json the whole trace. Words of questions and answers are there only with store.keep_text.")

    @OptionGroup var options: TraceOptions

    @Argument(help: "The trace's id, the id of the chat completion, or the x-request-id that the client sent.")
    var id: String

    func run() async throws {
        try await options.withStore { store in
            guard id.utf8.count <= 256, let trace = try await store.trace(Feedback.traceID(in: id)) else {
                throw Fault(
                    .unknownTrace, "trace \"\(id.prefix(128))\"", "there is none with this id",
                    hint: "muster trace list shows the latest; old ones are deleted (store.keep_traces)")
            }
            if options.shared.json { return try Output.json(trace) }
            Output.lines(TraceStory(trace: trace).lines)
        }
    }
}
