import Core

/// A whole answer as a `chat.completion`.
struct ChatResponse {
    var answer: Answer
    var trace: Trace
    /// What the client put in `model`.
    var model: String
    /// Whether the trace is told in the member `muster`.
    var showsTrace: Bool

    /// The body, in the order of OpenAI's own.
    func json() throws -> String {
        let reasoning =
            answer.reasoning.isEmpty ? "" : #","reasoning_content":\#(JSONText.quoted(answer.reasoning))"#
        let message =
            #"{"role":"assistant","content":\#(JSONText.quoted(answer.text)),"refusal":null\#(reasoning)}"#
        let choice =
            #"{"index":0,"message":\#(message),"logprobs":null,"finish_reason":"\#(answer.finish.rawValue)"}"#
        let muster = showsTrace ? #","muster":\#(try MusterMember(trace).json())"# : ""
        return #"{"id":"chatcmpl-\#(trace.id)","object":"chat.completion","created":\#(trace.at.seconds),"#
            + #""model":\#(JSONText.quoted(model)),"choices":[\#(choice)],"usage":\#(UsageReport(answer.usage).json)"#
            + muster + "}"
    }
}

/// The member that Muster adds to an answer when its trace is to be told.
struct MusterMember {
    private struct Member: Encodable { var trace: Trace }

    var trace: Trace

    init(_ trace: Trace) { self.trace = trace }

    func json() throws -> String { try JSONText.of(Member(trace: trace)) }
}
