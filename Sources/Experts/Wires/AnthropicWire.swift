package import Core

/// Anthropic's Messages API, version 2023-06-01.
package struct AnthropicWire: ChatWire {
    let spec: ExpertSpec

    package init(spec: ExpertSpec) { self.spec = spec }

    /// The API demands a limit; this one is used when neither question nor expert gives one, in tokens.
    package static let assumedMaximum = 4096

    package var framing: WireFraming { .events(endMark: nil) }

    package func request(_ question: Question, delivery: Delivery) throws -> WireRequest {
        let sampling = question.sampling
        let conversation = AnthropicConversation(question.instructedMessages)
        guard !conversation.turns.isEmpty else {
            throw Fault(
                .unsupported, spec.card.id.rawValue, "takes no conversation in which nothing is said",
                hint: "Say something in messages")
        }
        var body: [String: JSONValue] = [
            "model": .string(spec.card.model),
            "max_tokens": .integer(sampling.maximumTokens ?? spec.maximumOutput ?? Self.assumedMaximum),
            "messages": .array(conversation.turns), "stream": .bool(delivery == .streamed),
        ]
        body.merge(AnthropicOutput(question.output).members) { _, new in new }
        if !conversation.system.isEmpty { body["system"] = .string(conversation.system) }
        if let value = temperature(of: question) { body["temperature"] = .number(value) }
        if let value = sampling.topP { body["top_p"] = .number(value) }
        if let value = question.extra["top_k"]?.whole { body["top_k"] = .integer(value) }
        // A stop that shows nothing is refused.
        let stops = sampling.stop.filter { !$0.isBlank }
        if !stops.isEmpty { body["stop_sequences"] = .array(stops.map(JSONValue.string)) }
        var headers = [WireHeader(name: "anthropic-version", value: "2023-06-01")]
        if let key = spec.key { headers.append(WireHeader(name: "x-api-key", value: key.reveal())) }
        return WireRequest(path: "/messages", headers: headers, body: JSONText.bytes(of: .object(body)))
    }

    /// Newer models refuse a temperature beside `top_p`: one that the client did not ask for gives way.
    private func temperature(of question: Question) -> Double? {
        let sampling = question.sampling
        if sampling.topP != nil, let original = question.original, !original.gives("temperature") { return nil }
        return sampling.temperature.map { min(1, $0) }
    }

    package func pieces(inWhole body: JSONValue, state: inout WireState) throws -> [AnswerPiece] {
        if let message = body.errorMember { throw WireSurprise.serverError(message) }
        guard let content = body["content"]?.elements else {
            throw WireSurprise.unexpected("sent JSON without content")
        }
        var pieces = content.compactMap { block -> AnswerPiece? in
            switch block["type"]?.text {
            case "text": block["text"]?.text.map(AnswerPiece.text)
            case "thinking": block["thinking"]?.text.map(AnswerPiece.reasoning)
            case "tool_use": call(in: block, &state)?.withWholeArguments
            default: nil
            }
        }
        if let usage = body["usage"] {
            let (prompt, cached) = promptTokens(in: usage)
            pieces.append(
                .usage(
                    Usage(
                        promptTokens: prompt, completionTokens: usage["output_tokens"]?.tokenCount ?? 0,
                        cachedTokens: cached)))
        }
        pieces.append(.finish(finish(body["stop_reason"]?.text)))
        return pieces
    }

    package func pieces(inEvent event: JSONValue, state: inout WireState) throws -> [AnswerPiece] {
        switch event["type"]?.text {
        case "error":
            throw WireSurprise.serverError(event.errorMember ?? "an error without a message")
        case "message_start":
            if let usage = event["message"]?["usage"] {
                (state.promptTokens, state.cachedTokens) = promptTokens(in: usage)
            }
            return []
        case "content_block_start":
            guard let block = event["content_block"], block["type"]?.text == "tool_use" else { return [] }
            let place = state.callCount
            if let piece = call(in: block, &state) {
                if let index = event["index"]?.whole { state.callBlocks[index] = place }
                state.emptyCall = piece.isCallWithoutArguments ? place : nil
                return [piece]
            }
            return []
        case "content_block_stop":
            // A call without arguments has no pieces of them; readers want an empty object.
            guard let place = state.emptyCall else { return [] }
            state.emptyCall = nil
            return [.call(ToolCallFragment(index: place, arguments: "{}"))]
        case "content_block_delta":
            let delta = event["delta"]
            if let more = delta?["partial_json"]?.text {
                guard let place = event["index"]?.whole.flatMap({ state.callBlocks[$0] }), !more.isEmpty else {
                    return []
                }
                state.emptyCall = nil
                return [.call(ToolCallFragment(index: place, arguments: more))]
            }
            if let text = delta?["text"]?.text, !text.isEmpty { return [.text(text)] }
            if let thinking = delta?["thinking"]?.text, !thinking.isEmpty { return [.reasoning(thinking)] }
            return []  // signatures
        case "message_delta":
            var pieces: [AnswerPiece] = []
            if let usage = event["usage"], let written = usage["output_tokens"]?.tokenCount {
                // Counts only grow; servers that imitate the API tell the prompt's here.
                let (prompt, cached) = promptTokens(in: usage)
                if prompt > state.promptTokens { (state.promptTokens, state.cachedTokens) = (prompt, cached) }
                pieces.append(
                    .usage(
                        Usage(
                            promptTokens: state.promptTokens, completionTokens: written,
                            cachedTokens: state.cachedTokens)))
            }
            if let reason = event["delta"]?["stop_reason"]?.text {
                state.progress = .finishAnnounced
                pieces.append(.finish(finish(reason)))
            }
            return pieces
        case "message_stop":
            state.progress = .over
            return []
        default: return []  // ping, and what may come
        }
    }

    /// The beginning of a call; its input is empty where it comes in pieces of its own.
    private func call(in block: JSONValue, _ state: inout WireState) -> AnswerPiece? {
        guard let id = block["id"]?.text, let name = block["name"]?.text, state.callCount < AnswerPiece.mostCalls else {
            return nil
        }
        defer { state.callCount += 1 }
        let input = block["input"].flatMap { $0 == .object([:]) ? nil : JSONText.of($0) } ?? ""
        return .call(ToolCallFragment(index: state.callCount, id: id, name: name, arguments: input))
    }

    /// Prompt tokens, cached ones included, as OpenAI counts them; and how many were cached.
    private func promptTokens(in usage: JSONValue) -> (Int, Int?) {
        let read = usage["cache_read_input_tokens"]?.tokenCount
        let written = usage["cache_creation_input_tokens"]?.tokenCount ?? 0
        return ((usage["input_tokens"]?.tokenCount ?? 0) + (read ?? 0) + written, read)
    }

    private func finish(_ reason: String?) -> FinishReason {
        switch reason {
        case "max_tokens", "model_context_window_exceeded": .length
        case "refusal": .contentFilter
        case "tool_use": .toolCalls
        default: .stop
        }
    }
}

extension AnswerPiece {
    /// True for the beginning of a call whose arguments are still to come.
    fileprivate var isCallWithoutArguments: Bool {
        if case .call(let call) = self { call.arguments.isEmpty } else { false }
    }

    /// The same call with an empty object where it has no arguments.
    fileprivate var withWholeArguments: AnswerPiece {
        guard case .call(var call) = self, call.arguments.isEmpty else { return self }
        call.arguments = "{}"
        return .call(call)
    }
}
