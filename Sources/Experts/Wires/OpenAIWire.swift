package import Core

/// OpenAI's chat completions, and everything that imitates them.
package struct OpenAIWire: ChatWire {
    let spec: ExpertSpec

    package init(spec: ExpertSpec) { self.spec = spec }

    package var framing: WireFraming { .events(endMark: "[DONE]") }

    package func request(_ question: Question, delivery: Delivery) throws -> WireRequest {
        var body = question.extra
        body["model"] = .string(spec.card.model)
        body["messages"] = .array(question.messages.map(message))
        let sampling = question.sampling
        if let value = sampling.temperature { body["temperature"] = .number(value) }
        if let value = sampling.topP { body["top_p"] = .number(value) }
        if let value = sampling.seed { body["seed"] = .integer(value) }
        if !sampling.stop.isEmpty { body["stop"] = .array(sampling.stop.map(JSONValue.string)) }
        // A newer name of the same limit; servers refuse both together.
        if body["max_completion_tokens"] == nil, let value = sampling.maximumTokens ?? spec.maximumOutput {
            body["max_tokens"] = .integer(value)
        }
        body["stream"] = .bool(delivery == .streamed)
        body["stream_options"] = delivery == .streamed ? .object(["include_usage": .bool(true)]) : nil
        return WireRequest(path: "/chat/completions", headers: spec.bearer, body: .object(body))
    }

    private func message(_ message: Message) -> JSONValue {
        let hasImages = message.parts.contains { if case .image = $0 { true } else { false } }
        let content: JSONValue = hasImages ? .array(message.parts.map(part)) : .string(message.text)
        return .object(["role": .string(message.role.rawValue), "content": content])
    }

    private func part(_ part: Message.Part) -> JSONValue {
        switch part {
        case .text(let text): .object(["type": .string("text"), "text": .string(text)])
        case .image(let url): .object(["type": .string("image_url"), "image_url": .object(["url": .string(url)])])
        }
    }

    package func pieces(inWhole body: JSONValue) throws -> [AnswerPiece] {
        if let message = body.errorMember { throw WireSurprise.serverError(message) }
        guard let choice = first(of: body), let message = choice["message"] else {
            throw WireSurprise.unexpected("sent JSON without choices[0].message")
        }
        var pieces = texts(in: message)
        if let usage = usage(in: body) { pieces.append(.usage(usage)) }
        pieces.append(.finish(finish(choice["finish_reason"]?.text)))
        return pieces
    }

    package func pieces(inEvent event: JSONValue, state: inout WireState) throws -> [AnswerPiece] {
        if let message = event.errorMember { throw WireSurprise.serverError(message) }
        var pieces: [AnswerPiece] = []
        if let choice = first(of: event) {
            if let delta = choice["delta"] ?? choice["message"] { pieces += texts(in: delta) }
            if let reason = choice["finish_reason"]?.text {
                state.progress = .finishAnnounced
                pieces.append(.finish(finish(reason)))
            }
        }
        if let usage = usage(in: event) { pieces.append(.usage(usage)) }
        return pieces
    }

    /// The choice numbered 0: with `n` above one the others come in between.
    private func first(of body: JSONValue) -> JSONValue? {
        body["choices"]?.elements?.first { ($0["index"]?.whole ?? 0) == 0 }
    }

    private func texts(in message: JSONValue) -> [AnswerPiece] {
        var pieces: [AnswerPiece] = []
        let thinking = message["reasoning_content"]?.text ?? message["reasoning"]?.text
        if let thinking, !thinking.isEmpty { pieces.append(.reasoning(thinking)) }
        let text = message["content"].flatMap(text) ?? message["refusal"]?.text
        if let text, !text.isEmpty { pieces.append(.text(text)) }
        return pieces
    }

    /// A text, or the texts of a list of parts.
    private func text(in content: JSONValue) -> String? {
        content.text ?? content.elements.map { parts in parts.compactMap { $0["text"]?.text }.joined() }
    }

    private func usage(in body: JSONValue) -> Usage? {
        guard let usage = body["usage"], let prompt = usage["prompt_tokens"]?.tokenCount else { return nil }
        return Usage(
            promptTokens: prompt, completionTokens: usage["completion_tokens"]?.tokenCount ?? 0,
            cachedTokens: usage["prompt_tokens_details"]?["cached_tokens"]?.tokenCount)
    }

    private func finish(_ reason: String?) -> FinishReason {
        switch reason {
        case "length": .length
        case "content_filter": .contentFilter
        case "tool_calls", "function_call": .toolCalls
        default: .stop
        }
    }
}
