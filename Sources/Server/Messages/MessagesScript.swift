import Core

/// What a streamed message says, event by event, in Anthropic's format.
struct MessagesScript: AnswerScript {
    let text: MessageText
    /// Told at the beginning, before the expert has counted.
    let estimatedTokens: Int
    let showsTrace: Bool
    private var blocks = AnswerBlocks()

    init(text: MessageText, estimatedTokens: Int, showsTrace: Bool) {
        self.text = text
        self.estimatedTokens = estimatedTokens
        self.showsTrace = showsTrace
    }

    func opening() -> [UInt8] {
        let message = text.message(
            content: "[]", stopReason: nil, usage: MessageText.usage(Usage(promptTokens: estimatedTokens)))
        return event("message_start", #""message":\#(message)"#)
    }

    mutating func bytes(for piece: AnswerPiece) throws -> [UInt8] {
        try blocks.take(piece).reduce(into: []) { $0 += bytes(of: $1) }
    }

    mutating func ending(_ answer: Answer, _ trace: Trace) throws -> [UInt8] {
        var out = blocks.finish().reduce(into: []) { $0 += bytes(of: $1) }
        let muster = showsTrace ? try MusterMember(trace).json() : nil
        let reason = MessageText.stopReason(answer.finish)
        out += event(
            "message_delta",
            #""delta":{"stop_reason":"\#(reason)","stop_sequence":null},"usage":\#(MessageText.usage(answer.usage))"#
                + (muster.map { #","muster":\#($0)"# } ?? ""))
        return out + event("message_stop")
    }

    func failure(_ refusal: Refusal) -> [UInt8] {
        Array("event: error\ndata: \(MessagesErrorEnvelope(refusal).json)\n\n".utf8)
    }

    var keepAlive: [UInt8] { event("ping") }

    private func bytes(of step: AnswerBlocks.Step) -> [UInt8] {
        switch step {
        case .begin(let index, let block):
            let content = if case .call = block.kind { "{}" } else { "" }
            return event(
                "content_block_start",
                #""index":\#(index),"content_block":\#(MessageText.block(block, content: content))"#)
        case .more(let index, let block, let more):
            let quoted = JSONText.quoted(more)
            let delta =
                switch block.kind {
                case .text: #"{"type":"text_delta","text":\#(quoted)}"#
                case .thinking: #"{"type":"thinking_delta","thinking":\#(quoted)}"#
                case .call: #"{"type":"input_json_delta","partial_json":\#(quoted)}"#
                }
            return event("content_block_delta", #""index":\#(index),"delta":\#(delta)"#)
        case .end(let index, _): return event("content_block_stop", #""index":\#(index)"#)
        case .probabilities: return []
        }
    }

    /// - Parameter members: what stands in the event besides its type, as JSON.
    private func event(_ type: String, _ members: String = "") -> [UInt8] {
        let more = members.isEmpty ? "" : "," + members
        return Array("event: \(type)\ndata: {\"type\":\"\(type)\"\(more)}\n\n".utf8)
    }
}
