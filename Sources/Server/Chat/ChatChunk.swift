import Core

/// Writes the events of a stream, each a `chat.completion.chunk`, byte for byte as OpenAI's clients read them.
struct ChatChunk {
    private let before: String
    private let after: String

    /// - Parameter includesUsage: whether a last chunk tells the tokens; all others then say `"usage":null`.
    init(trace: Trace, model: String, includesUsage: Bool) {
        before =
            #"data: {"id":"chatcmpl-\#(trace.id)","object":"chat.completion.chunk","created":\#(trace.at.seconds),"#
            + #""model":\#(JSONText.quoted(model)),"choices":["#
        after = includesUsage ? #"],"usage":null}"# : "]}"
    }

    /// The first event: who speaks.
    var role: String { event(delta: #"{"role":"assistant","content":""}"#) }

    func content(_ text: String) -> String { event(delta: #"{"content":\#(JSONText.quoted(text))}"#) }

    func reasoning(_ text: String) -> String { event(delta: #"{"reasoning_content":\#(JSONText.quoted(text))}"#) }

    /// Why the answer ended, and the trace if it is to be told.
    func finish(_ reason: FinishReason, muster: String?) -> String {
        let choice = #"{"index":0,"delta":{},"logprobs":null,"finish_reason":"\#(reason.rawValue)"}"#
        return before + choice + after.dropLast() + (muster.map { #","muster":\#($0)"# } ?? "") + "}\n\n"
    }

    /// The tokens of the whole answer, with no choices.
    func usage(_ usage: Usage) -> String { before + #"],"usage":\#(UsageReport(usage).json)}"# + "\n\n" }

    /// Goes on the wire after `usage` or `finish`: all is said.
    static let done = "data: [DONE]\n\n"

    /// A comment, which readers skip.
    static let keepAlive = ": keep-alive\n\n"

    /// An event that ends the stream without `done`.
    static func failure(_ refusal: Refusal) -> String { "data: \(ErrorEnvelope(refusal).json)\n\n" }

    private func event(delta: String) -> String {
        before + #"{"index":0,"delta":\#(delta),"logprobs":null,"finish_reason":null}"# + after + "\n\n"
    }
}
