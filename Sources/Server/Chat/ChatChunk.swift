import Core

/// Writes the events of a stream, each a `chat.completion.chunk`, byte for byte as OpenAI's clients read them.
struct ChatChunk {
    private let id: [UInt8]
    private let before: String
    private let after: String

    /// - Parameter includesUsage: whether a last chunk tells the tokens; all others then say `"usage":null`.
    init(trace: Trace, model: String, includesUsage: Bool) {
        id = Array("\"chatcmpl-\(trace.id)\"".utf8)
        before =
            #"data: {"id":"chatcmpl-\#(trace.id)","object":"chat.completion.chunk","created":\#(trace.at.seconds),"#
            + #""model":\#(JSONText.quoted(model)),"choices":["#
        after = includesUsage ? #"],"usage":null}"# : "]}"
    }

    /// The first event of a choice: who speaks.
    func role(_ index: Int = 0) -> String { event(delta: #"{"role":"assistant","content":""}"#, index) }

    func content(_ text: String, _ index: Int = 0) -> String {
        event(delta: #"{"content":\#(JSONText.quoted(text))}"#, index)
    }

    func reasoning(_ text: String, _ index: Int = 0) -> String {
        event(delta: #"{"reasoning_content":\#(JSONText.quoted(text))}"#, index)
    }

    /// A part of a call.
    func call(_ call: ToolCallFragment, _ index: Int = 0) -> String {
        let start = call.id.map { #""id":\#(JSONText.quoted($0)),"type":"function","# } ?? ""
        let name = call.name.map { #""name":\#(JSONText.quoted($0)),"# } ?? ""
        let function = #"{\#(name)"arguments":\#(JSONText.quoted(call.arguments))}"#
        return event(delta: #"{"tool_calls":[{"index":\#(call.index),\#(start)"function":\#(function)}]}"#, index)
    }

    /// How likely tokens were, which came with the text before.
    func probabilities(_ tokens: [JSONValue], _ index: Int = 0) -> String {
        event(
            delta: #"{"content":""}"#, index,
            logprobs: #"{"content":\#(JSONText.of(.array(tokens))),"refusal":null}"#)
    }

    /// Why a choice ended, and the trace if it is to be told.
    func finish(_ reason: FinishReason, _ index: Int = 0, muster: String?) -> String {
        let choice = #"{"index":\#(index),"delta":{},"logprobs":null,"finish_reason":"\#(reason.rawValue)"}"#
        return before + choice + after.dropLast() + (muster.map { #","muster":\#($0)"# } ?? "") + "}\n\n"
    }

    /// The trace, after the expert's own last event.
    func muster(_ json: String) -> String { before + after.dropLast() + #","muster":\#(json)}"# + "\n\n" }

    /// The tokens of the whole answer, as JSON, with no choices.
    func usage(_ json: String) -> String { before + #"],"usage":\#(json)}"# + "\n\n" }

    /// An event as the expert sent it, with our id, so that all events of a stream have the same.
    ///
    /// - Parameter changes: further members to replace.
    func passedOn(_ event: OriginalEvent, changes: [String: [UInt8]?] = [:]) -> [UInt8] {
        var changes = changes
        changes["id"] = id
        return Array("data: ".utf8) + OriginalBody(event.bytes, members: event.members).replacing(changes)
            + Array("\n\n".utf8)
    }

    /// Goes on the wire after `usage` or `finish`: all is said.
    static let done = "data: [DONE]\n\n"

    /// A comment, which readers skip.
    static let keepAlive = ": keep-alive\n\n"

    /// An event that ends the stream without `done`.
    static func failure(_ refusal: Refusal) -> String { "data: \(ErrorEnvelope(refusal).json)\n\n" }

    private func event(delta: String, _ index: Int, logprobs: String = "null") -> String {
        before + #"{"index":\#(index),"delta":\#(delta),"logprobs":\#(logprobs),"finish_reason":null}"# + after
            + "\n\n"
    }
}
