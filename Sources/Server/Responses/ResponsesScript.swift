import Core

/// What a streamed response says, event by event, each with its type and number.
struct ResponsesScript: AnswerScript {
    let text: ResponseText
    let showsTrace: Bool
    /// Whether the client asked how likely tokens are.
    let tellsProbabilities: Bool
    private var blocks = AnswerBlocks()
    private var number = 0
    /// Items that were cut, by their place.
    private var cut: Set<Int> = []
    /// Text that waits for its probabilities, which come after it and are told with it.
    private var held: (index: Int, text: String)?

    init(text: ResponseText, showsTrace: Bool, tellsProbabilities: Bool = false) {
        self.text = text
        self.showsTrace = showsTrace
        self.tellsProbabilities = tellsProbabilities
    }

    mutating func opening() -> [UInt8] {
        let response = #""response":"# + text.response(.inProgress)
        return event("response.created", response) + event("response.in_progress", response)
    }

    mutating func bytes(for piece: AnswerPiece) throws -> [UInt8] {
        try blocks.take(piece).reduce(into: []) { $0 += bytes(of: $1) }
    }

    mutating func ending(_ answer: Answer, _ trace: Trace) throws -> [UInt8] {
        let state = ResponseText.state(answer.finish)
        var out: [UInt8] = []
        let steps = blocks.finish()
        for (place, step) in steps.enumerated() {
            if case .end(let index, let block) = step,
                ResponseText.state(of: block, isLast: place == steps.count - 1, in: state) == .incomplete
            {
                cut.insert(index)
            }
            out += bytes(of: step)
        }
        let muster = showsTrace ? try MusterMember(trace).json() : nil
        let response = text.response(state, items: items, answer: answer, muster: muster)
        return out + event("response.\(state.rawValue)", #""response":\#(response)"#)
    }

    mutating func failure(_ refusal: Refusal) -> [UInt8] {
        let before = release()
        if let open = blocks.open { cut.insert(open) }
        let (code, message) = (JSONText.quoted(refusal.code), JSONText.quoted(refusal.message))
        let param = refusal.param.map(JSONText.quoted) ?? "null"
        let response = text.response(.failed, items: items, error: ResponsesError.json(refusal))
        return before + event("error", #""code":\#(code),"message":\#(message),"param":\#(param)"#)
            + event("response.failed", #""response":\#(response)"#)
    }

    var keepAlive: [UInt8] { Array(ChatChunk.keepAlive.utf8) }

    private var items: [String] { blocks.all.enumerated().map { text.item($1, at: $0, state: state($0)) } }

    /// How an item ended.
    private func state(_ index: Int) -> ResponseText.State { cut.contains(index) ? .incomplete : .completed }

    // MARK: Steps

    private mutating func bytes(of step: AnswerBlocks.Step) -> [UInt8] {
        if case .probabilities(let index, let tokens) = step {
            let text = held.take()?.text ?? ""
            return delta(.text, at: index, text, tokens)
        }
        let before = release()
        switch step {
        case .begin(let index, let block): return before + began(index, block)
        case .more(let index, let block, let more):
            guard tellsProbabilities, block.kind == .text else { return before + delta(block.kind, at: index, more) }
            held = (index, more)
            return before
        case .end(let index, let block): return before + ended(index, block)
        case .probabilities: return before
        }
    }

    /// Tells the text of which no probabilities came.
    private mutating func release() -> [UInt8] {
        guard let (index, text) = held.take() else { return [] }
        return delta(.text, at: index, text)
    }

    private mutating func delta(
        _ kind: AnswerBlocks.Kind, at index: Int, _ more: String, _ tokens: [JSONValue] = []
    ) -> [UInt8] {
        let probabilities = kind == .text ? #","logprobs":\#(JSONText.of(.array(tokens)))"# : ""
        return event(
            "\(Self.family(kind)).delta", place(index, kind) + #","delta":\#(JSONText.quoted(more))\#(probabilities)"#)
    }

    private mutating func began(_ index: Int, _ block: AnswerBlocks.Block) -> [UInt8] {
        let item = text.item(block, at: index, state: .inProgress)
        let added = event("response.output_item.added", #""output_index":\#(index),"item":\#(item)"#)
        if block.kind.isCall { return added }
        return added
            + event(
                "response.content_part.added", place(index, block.kind) + #","part":\#(ResponseText.part(block))"#)
    }

    private mutating func ended(_ index: Int, _ block: AnswerBlocks.Block) -> [UInt8] {
        let (kind, place, state) = (block.kind, place(index, block.kind), state(index))
        var out: [UInt8] = []
        if kind.isCall {
            let arguments = ResponseText.arguments(block, state)
            // Whoever adds up what comes has to get there too.
            if block.content.isEmpty, !arguments.isEmpty { out += delta(kind, at: index, arguments) }
            out += event(
                "\(Self.family(kind)).done",
                place + #","name":\#(JSONText.quoted(block.name)),"arguments":\#(JSONText.quoted(arguments))"#)
        } else {
            let probabilities = JSONText.of(.array(block.probabilities))
            out += event(
                "\(Self.family(kind)).done",
                place + #","text":\#(JSONText.quoted(block.content))"#
                    + (kind == .text ? #","logprobs":\#(probabilities)"# : ""))
            out += event("response.content_part.done", place + #","part":\#(ResponseText.part(block))"#)
        }
        let item = text.item(block, at: index, state: state)
        return out + event("response.output_item.done", #""output_index":\#(index),"item":\#(item)"#)
    }

    /// What the events about a block's content are called.
    private static func family(_ kind: AnswerBlocks.Kind) -> String {
        switch kind {
        case .text: "response.output_text"
        case .thinking: "response.reasoning_text"
        case .call: "response.function_call_arguments"
        }
    }

    private func place(_ index: Int, _ kind: AnswerBlocks.Kind) -> String {
        let part = kind.isCall ? "" : #","content_index":0"#
        return #""item_id":"\#(text.itemID(kind, at: index))","output_index":\#(index)\#(part)"#
    }

    /// - Parameter members: what stands in the event besides its type and number, as JSON.
    private mutating func event(_ type: String, _ members: String) -> [UInt8] {
        defer { number += 1 }
        return Array(
            "event: \(type)\ndata: {\"type\":\"\(type)\",\"sequence_number\":\(number),\(members)}\n\n".utf8)
    }
}
