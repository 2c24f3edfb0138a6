import Core

/// What a streamed response says, event by event, each with its type and number.
struct ResponsesScript: AnswerScript {
    let text: ResponseText
    let showsTrace: Bool
    private var blocks = AnswerBlocks()
    private var number = 0

    init(text: ResponseText, showsTrace: Bool) {
        self.text = text
        self.showsTrace = showsTrace
    }

    mutating func opening() -> [UInt8] {
        let response = #""response":"# + text.response(.inProgress)
        return event("response.created", response) + event("response.in_progress", response)
    }

    mutating func bytes(for piece: AnswerPiece) throws -> [UInt8] {
        try blocks.take(piece).reduce(into: []) { $0 += bytes(of: $1) }
    }

    mutating func ending(_ answer: Answer, _ trace: Trace) throws -> [UInt8] {
        var out = blocks.finish().reduce(into: []) { $0 += bytes(of: $1) }
        let state = ResponseText.state(answer.finish)
        let muster = showsTrace ? try MusterMember(trace).json() : nil
        let response = text.response(state, items: items, answer: answer, muster: muster)
        out += event("response.\(state.rawValue)", #""response":\#(response)"#)
        return out
    }

    mutating func failure(_ refusal: Refusal) -> [UInt8] {
        let (code, message) = (JSONText.quoted(refusal.code), JSONText.quoted(refusal.message))
        let error = #"{"code":\#(code),"message":\#(message)}"#
        let param = refusal.param.map(JSONText.quoted) ?? "null"
        return event("error", #""code":\#(code),"message":\#(message),"param":\#(param)"#)
            + event("response.failed", #""response":\#(text.response(.failed, items: items, error: error))"#)
    }

    var keepAlive: [UInt8] { Array(ChatChunk.keepAlive.utf8) }

    private var items: [String] { blocks.all.enumerated().map { text.item($1, at: $0, state: .completed) } }

    private mutating func bytes(of step: AnswerBlocks.Step) -> [UInt8] {
        switch step {
        case .begin(let index, let block): return began(index, block)
        case .more(let index, let block, let more):
            return event(
                "\(Self.family(block)).delta",
                place(index, block) + #","delta":\#(JSONText.quoted(more))"#
                    + (block.kind == .text ? #","logprobs":[]"# : ""))
        case .end(let index, let block): return ended(index, block)
        }
    }

    private mutating func began(_ index: Int, _ block: AnswerBlocks.Block) -> [UInt8] {
        let item = text.item(block, at: index, state: .inProgress)
        let added = event("response.output_item.added", #""output_index":\#(index),"item":\#(item)"#)
        if case .call = block.kind { return added }
        return added
            + event("response.content_part.added", place(index, block) + #","part":\#(ResponseText.part(block))"#)
    }

    private mutating func ended(_ index: Int, _ block: AnswerBlocks.Block) -> [UInt8] {
        let content = JSONText.quoted(block.content)
        var out: [UInt8] = []
        if case .call = block.kind {
            out += event(
                "\(Self.family(block)).done",
                place(index, block) + #","name":\#(JSONText.quoted(block.name)),"arguments":\#(content)"#)
        } else {
            let probabilities = JSONText.of(.array(block.probabilities))
            out += event(
                "\(Self.family(block)).done",
                place(index, block) + #","text":\#(content)"#
                    + (block.kind == .text ? #","logprobs":\#(probabilities)"# : ""))
            out += event(
                "response.content_part.done", place(index, block) + #","part":\#(ResponseText.part(block))"#)
        }
        let item = text.item(block, at: index, state: .completed)
        return out + event("response.output_item.done", #""output_index":\#(index),"item":\#(item)"#)
    }

    /// What the events about a block's content are called.
    private static func family(_ block: AnswerBlocks.Block) -> String {
        switch block.kind {
        case .text: "response.output_text"
        case .thinking: "response.reasoning_text"
        case .call: "response.function_call_arguments"
        }
    }

    private func place(_ index: Int, _ block: AnswerBlocks.Block) -> String {
        let part = if case .call = block.kind { "" } else { #","content_index":0"# }
        return #""item_id":"\#(text.itemID(block, at: index))","output_index":\#(index)\#(part)"#
    }

    /// - Parameter members: what stands in the event besides its type and number, as JSON.
    private mutating func event(_ type: String, _ members: String) -> [UInt8] {
        defer { number += 1 }
        return Array(
            "event: \(type)\ndata: {\"type\":\"\(type)\",\"sequence_number\":\(number),\(members)}\n\n".utf8)
    }
}
