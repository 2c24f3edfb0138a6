import ArgumentParser
import Core
import Pipeline

/// `muster ask`: one question, one answer, and on request the reasons.
struct AskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask", abstract: "Ask a question.",
        discussion: "With --json: {\"answer\", \"trace\"}. With --explain the reasons follow the answer.")

    @OptionGroup var shared: SharedOptions
    @OptionGroup var chance: ChanceOptions

    @Option(name: .shortAndLong, help: "A route, or an expert's id to ask it directly.")
    var route = "auto"

    @Flag(name: .shortAndLong, help: "Say which skills were needed, who was recruited and why.")
    var explain = false

    @Option(help: "The longest answer, in tokens.")
    var maxTokens: Int?

    @Option(help: "0 for the likeliest words, 2 for the wildest.")
    var temperature: Double?

    @Argument(help: "The question; - reads it from standard input.")
    var question: String

    func validate() throws {
        try TokenLimit.check(maxTokens)
        if let temperature, !(0...2).contains(temperature) {
            throw ValidationError("--temperature is \(temperature); it goes from 0 to 2.")
        }
    }

    private struct Reply: Encodable {
        var answer: Answer
        var trace: Trace
    }

    func run() async throws {
        let text = try QuestionText.read(question)
        try await Assembly.with(shared.source) { assembly in
            let sampling = Sampling(temperature: temperature, maximumTokens: maxTokens)
            let flow = try await assembly.service.answer(
                Question(text, sampling: sampling), model: route, wishes: chance.wishes,
                delivery: shared.json ? .whole : .streamed)
            while let event = try await flow.next() {
                switch event {
                case .piece(.text(let piece)) where !shared.json: Output.text(piece)
                case .piece, .choice: continue
                case .settled(let answer, let trace):
                    if shared.json {
                        try Output.json(Reply(answer: answer, trace: trace))
                    } else {
                        conclude(answer, trace)
                    }
                }
            }
        }
    }

    private func conclude(_ answer: Answer, _ trace: Trace) {
        Output.line()
        if answer.finish == .length { Output.remark("muster: the answer was cut by its token limit (--max-tokens)") }
        guard explain else { return }
        Output.line()
        Output.lines(ExplainText(trace: trace).lines)
    }
}
