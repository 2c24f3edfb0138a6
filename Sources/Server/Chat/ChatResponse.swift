import Core

/// Whole answers as a `chat.completion`, one choice each.
struct ChatResponse {
    var answers: [Answer]
    /// Of the first answer.
    var trace: Trace
    /// What the client put in `model`.
    var model: String
    /// Whether the trace is told in the member `muster`.
    var showsTrace: Bool

    /// The body: the expert's own where it speaks the client's format, but for the id and the tokens of other calls; else
    /// in the order of OpenAI's.
    func json() throws -> [UInt8] {
        let muster = showsTrace ? try MusterMember(trace).json() : nil
        if answers.count == 1, let original = answers[0].original { return passedOn(original, muster) }
        let choices = answers.enumerated().map { choice($1, index: $0) }.joined(separator: ",")
        let usage = answers.dropFirst().reduce(answers[0].usage) { $0 + $1.usage }
        let text =
            #"{"id":"chatcmpl-\#(trace.id)","object":"chat.completion","created":\#(trace.at.seconds),"#
            + #""model":\#(JSONText.quoted(model)),"choices":[\#(choices)],"usage":\#(UsageReport(usage).json)"#
            + (muster.map { #","muster":\#($0)"# } ?? "") + "}"
        return Array(text.utf8)
    }

    private func passedOn(_ original: OriginalBody, _ muster: String?) -> [UInt8] {
        var changes: [String: [UInt8]?] = ["id": Array("\"chatcmpl-\(trace.id)\"".utf8)]
        if let muster { changes["muster"] = Array(muster.utf8) }
        if let usage = UsageReport(answers[0].usage).correcting(original.value("usage"), calls: trace.calls) {
            changes["usage"] = usage
        }
        return original.replacing(changes)
    }

    private func choice(_ answer: Answer, index: Int) -> String {
        let reasoning =
            answer.reasoning.isEmpty ? "" : #","reasoning_content":\#(JSONText.quoted(answer.reasoning))"#
        let content = answer.text.isEmpty && !answer.calls.isEmpty ? "null" : JSONText.quoted(answer.text)
        let calls = answer.calls.isEmpty ? "" : #","tool_calls":[\#(answer.calls.map(call).joined(separator: ","))]"#
        let message = #"{"role":"assistant","content":\#(content),"refusal":null\#(reasoning)\#(calls)}"#
        let logprobs =
            answer.probabilities.isEmpty
            ? "null" : #"{"content":\#(JSONText.of(.array(answer.probabilities))),"refusal":null}"#
        return #"{"index":\#(index),"message":\#(message),"logprobs":\#(logprobs),"#
            + #""finish_reason":"\#(answer.finish.rawValue)"}"#
    }

    private func call(_ call: ToolCall) -> String {
        #"{"id":\#(JSONText.quoted(call.id)),"type":"function","function":{"name":\#(JSONText.quoted(call.name)),"#
            + #""arguments":\#(JSONText.quoted(call.arguments))}}"#
    }
}

/// The member that Muster adds to an answer when its trace is to be told.
struct MusterMember {
    private struct Member: Encodable { var trace: Trace }

    var trace: Trace

    init(_ trace: Trace) { self.trace = trace }

    func json() throws -> String { try JSONText.of(Member(trace: trace)) }
}
