import Core

/// Writes answers in the form of Anthropic's `message`, whole or in parts.
struct MessageText {
    let trace: Trace
    /// What the client put in `model`.
    let model: String

    /// The message; `content` is a list of blocks as JSON.
    func message(content: String, stopReason: String?, usage: String) -> String {
        #"{"id":"msg_\#(trace.id)","type":"message","role":"assistant","model":\#(JSONText.quoted(model)),"#
            + #""content":\#(content),"stop_reason":\#(stopReason.map(JSONText.quoted) ?? "null"),"#
            + #""stop_sequence":null,"usage":\#(usage)}"#
    }

    /// A whole answer.
    ///
    /// - Throws: `expertGarbled` if a call's arguments are no object, which this format demands.
    func whole(_ answer: Answer, muster: String?) throws -> [UInt8] {
        let blocks = try AnswerBlocks(answer).all.map { try whole($0, of: answer) }
        let message = message(
            content: "[" + blocks.joined(separator: ",") + "]", stopReason: Self.stopReason(answer.finish),
            usage: Self.usage(answer.usage))
        return Array((message.dropLast() + (muster.map { #","muster":\#($0)"# } ?? "") + "}").utf8)
    }

    private func whole(_ block: AnswerBlocks.Block, of answer: Answer) throws -> String {
        guard case .call = block.kind else { return Self.block(block, content: block.content) }
        let written = block.content.isEmpty ? "{}" : block.content
        guard let input = try? JSONReader.read(Array(written.utf8)), input.members != nil else {
            // A cut answer ends anywhere.
            if answer.finish == .length { return Self.block(block, content: "{}") }
            throw Fault(
                .expertGarbled, answer.expert.rawValue, "asked for a call whose arguments are no JSON object",
                hint: "Ask again")
        }
        return Self.block(block, content: JSONText.of(input))
    }

    /// A block; the content of a call is its input as JSON.
    static func block(_ block: AnswerBlocks.Block, content: String) -> String {
        switch block.kind {
        case .text: #"{"type":"text","text":\#(JSONText.quoted(content)),"citations":null}"#
        // Only Anthropic signs thoughts.
        case .thinking: #"{"type":"thinking","thinking":\#(JSONText.quoted(content)),"signature":""}"#
        case .call:
            #"{"type":"tool_use","id":\#(JSONText.quoted(block.id)),"name":\#(JSONText.quoted(block.name)),"#
                + #""input":\#(content)}"#
        }
    }

    static func stopReason(_ finish: FinishReason) -> String {
        switch finish {
        case .stop: "end_turn"
        case .length: "max_tokens"
        case .contentFilter: "refusal"
        case .toolCalls: "tool_use"
        }
    }

    /// Cached tokens are counted apart from the others in this format.
    static func usage(_ usage: Usage) -> String {
        let cached = min(usage.cachedTokens ?? 0, usage.promptTokens)
        return #"{"input_tokens":\#(usage.promptTokens - cached),"cache_creation_input_tokens":0,"#
            + #""cache_read_input_tokens":\#(cached),"output_tokens":\#(usage.completionTokens)}"#
    }
}
