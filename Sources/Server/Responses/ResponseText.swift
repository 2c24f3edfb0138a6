import Core

/// Writes the objects of the Responses API: the response itself, its items and their parts.
struct ResponseText {
    let trace: Trace
    /// What the client put in `model`.
    let model: String
    /// What is repeated of the request.
    let echo: [String: JSONValue]

    enum State: String { case inProgress = "in_progress", completed, incomplete, failed }

    /// A whole answer.
    func whole(_ answer: Answer, muster: String?) -> [UInt8] {
        let blocks = AnswerBlocks(answer).all
        let state = Self.state(answer.finish)
        let items = blocks.enumerated().map { index, block in
            item(block, at: index, state: Self.state(of: block, isLast: index == blocks.count - 1, in: state))
        }
        return Array(response(state, items: items, answer: answer, muster: muster).utf8)
    }

    /// - Parameters:
    ///   - items: as JSON.
    ///   - answer: nil before it is settled.
    ///   - error: what went wrong, as JSON.
    func response(
        _ state: State, items: [String] = [], answer: Answer? = nil, error: String? = nil, muster: String? = nil
    ) -> String {
        var members: [String: JSONValue] = [
            "object": .string("response"), "created_at": .integer(trace.at.seconds), "status": .string(state.rawValue),
            "background": .bool(false), "model": .string(model), "store": .bool(false), "previous_response_id": .null,
            "incomplete_details": state == .incomplete ? .object(["reason": reason(answer?.finish)]) : .null,
            "usage": answer.map { Self.usage($0.usage) } ?? .null,
        ]
        members.merge(echo) { own, _ in own }
        for (name, usual) in Self.usual where (members[name] ?? .null) == .null { members[name] = usual }
        let rest = JSONText.of(.object(members)).dropFirst()
        return #"{"id":"resp_\#(trace.id)","error":\#(error ?? "null"),"output":[\#(items.joined(separator: ","))],"#
            + (muster.map { #""muster":\#($0),"# } ?? "") + rest
    }

    /// What stands for members that a request left out.
    private static let usual: [String: JSONValue] = [
        "parallel_tool_calls": .bool(true), "tool_choice": .string("auto"), "tools": .array([]),
        "metadata": .object([:]), "truncation": .string("disabled"),
        "text": .object(["format": .object(["type": .string("text")])]),
        "reasoning": .object(["effort": .null, "summary": .null]),
    ]

    static func state(_ finish: FinishReason) -> State {
        switch finish {
        case .stop, .toolCalls: .completed
        case .length, .contentFilter: .incomplete
        }
    }

    /// How an item ended, of an answer that ended so: what was cut is the last one, and every half call.
    static func state(of block: AnswerBlocks.Block, isLast: Bool, in answer: State) -> State {
        answer == .incomplete && (isLast || block.isHalfCall) ? .incomplete : .completed
    }

    private func reason(_ finish: FinishReason?) -> JSONValue {
        .string(finish == .contentFilter ? "content_filter" : "max_output_tokens")
    }

    private static func usage(_ usage: Usage) -> JSONValue {
        .object([
            "input_tokens": .integer(usage.promptTokens),
            "input_tokens_details": .object([
                "cached_tokens": .integer(usage.cachedTokens ?? 0), "cache_write_tokens": .integer(0),
            ]),
            "output_tokens": .integer(usage.completionTokens),
            "output_tokens_details": .object(["reasoning_tokens": .integer(0)]),
            "total_tokens": .integer(usage.totalTokens),
        ])
    }

    // MARK: Items

    /// The id of the item at a place.
    func itemID(_ kind: AnswerBlocks.Kind, at index: Int) -> String {
        switch kind {
        case .text: "msg_\(trace.id)_\(index)"
        case .thinking: "rs_\(trace.id)_\(index)"
        case .call: "fc_\(trace.id)_\(index)"
        }
    }

    /// An item; one that has just begun is empty.
    func item(_ block: AnswerBlocks.Block, at index: Int, state: State) -> String {
        let isWhole = state != .inProgress
        let head = #"{"id":"\#(itemID(block.kind, at: index))","status":"\#(state.rawValue)","#
        let part = isWhole ? Self.part(block) : ""
        switch block.kind {
        case .text: return head + #""type":"message","role":"assistant","content":[\#(part)]}"#
        case .thinking: return head + #""type":"reasoning","summary":[],"content":[\#(part)]}"#
        case .call:
            let arguments = isWhole ? Self.arguments(block, state) : ""
            return head + #""type":"function_call","call_id":\#(JSONText.quoted(block.id)),"#
                + #""name":\#(JSONText.quoted(block.name)),"arguments":\#(JSONText.quoted(arguments))}"#
        }
    }

    /// The arguments of a call that has ended; one that needs none says so in JSON.
    static func arguments(_ block: AnswerBlocks.Block, _ state: State) -> String {
        block.content.isEmpty && state == .completed ? "{}" : block.content
    }

    /// The one part of an item of text or thinking.
    static func part(_ block: AnswerBlocks.Block) -> String {
        let text = JSONText.quoted(block.content)
        if block.kind == .thinking { return #"{"type":"reasoning_text","text":\#(text)}"# }
        let probabilities = JSONText.of(.array(block.probabilities))
        return #"{"type":"output_text","text":\#(text),"annotations":[],"logprobs":\#(probabilities)}"#
    }
}
