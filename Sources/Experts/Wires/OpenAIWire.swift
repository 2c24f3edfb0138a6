import Core

/// OpenAI's chat completions, and everything that imitates them.
struct OpenAIWire: ChatWire {
    let spec: ExpertSpec

    var framing: WireFraming { .events(endMark: "[DONE]") }

    func request(_ question: Question, delivery: Delivery) throws -> WireRequest {
        var body = question.extra
        body["model"] = .string(spec.card.model)
        body["messages"] = .array(question.messages.map(message))
        let sampling = question.sampling
        if let value = sampling.temperature { body["temperature"] = .number(value) }
        if let value = sampling.topP { body["top_p"] = .number(value) }
        if let value = sampling.maximumTokens ?? spec.maximumOutput { body["max_tokens"] = .integer(value) }
        if let value = sampling.seed { body["seed"] = .integer(value) }
        if !sampling.stop.isEmpty { body["stop"] = .array(sampling.stop.map(JSONValue.string)) }
        body["stream"] = .bool(delivery == .streamed)
        body["stream_options"] = delivery == .streamed ? .object(["include_usage": .bool(true)]) : nil
        let key = spec.key.map { [WireHeader(name: "Authorization", value: "Bearer \($0.reveal())")] } ?? []
        return WireRequest(path: "/chat/completions", headers: key, body: .object(body))
    }

    private func message(_ message: Message) -> JSONValue {
        let hasImages = message.parts.contains { if case .image = $0 { true } else { false } }
        let content: JSONValue = hasImages ? .array(message.parts.map(part)) : .string(message.text)
        return .object(["role": .string(message.role.rawValue), "content": content])
    }

    private func part(_ part: Message.Part) -> JSONValue {
        switch part {
        case .text(let text): .object(["type": .text("text"), "text": .string(text)])
        case .image(let url): .object(["type": .text("image_url"), "image_url": .object(["url": .string(url)])])
        }
    }

    func pieces(inWhole body: JSONValue) throws -> [AnswerPiece] {
        if let message = body.errorMessage { throw WireSurprise(found: "said \"\(message)\"", isServerError: true) }
        guard let choice = body["choices"]?.elements?.first, let message = choice["message"] else {
            throw WireSurprise(found: "sent JSON without choices[0].message")
        }
        var pieces = texts(in: message)
        if let usage = usage(in: body) { pieces.append(.usage(usage)) }
        pieces.append(.finish(finish(choice["finish_reason"]?.text)))
        return pieces
    }

    func pieces(inEvent data: JSONValue, state: inout WireState) throws -> [AnswerPiece] {
        if data["error"] != nil, let message = data.errorMessage {
            throw WireSurprise(found: "said \"\(message)\" in the middle of its answer", isServerError: true)
        }
        var pieces: [AnswerPiece] = []
        if let choice = data["choices"]?.elements?.first {
            if let delta = choice["delta"] { pieces += texts(in: delta) }
            if let reason = choice["finish_reason"]?.text {
                state.hasEnded = true
                pieces.append(.finish(finish(reason)))
            }
        }
        if let usage = usage(in: data) { pieces.append(.usage(usage)) }
        return pieces
    }

    private func texts(in message: JSONValue) -> [AnswerPiece] {
        var pieces: [AnswerPiece] = []
        if let thinking = (message["reasoning_content"] ?? message["reasoning"])?.text, !thinking.isEmpty {
            pieces.append(.reasoning(thinking))
        }
        if let text = message["content"]?.text, !text.isEmpty { pieces.append(.text(text)) }
        return pieces
    }

    private func usage(in body: JSONValue) -> Usage? {
        guard let usage = body["usage"], let prompt = usage["prompt_tokens"]?.whole else { return nil }
        return Usage(
            promptTokens: prompt, completionTokens: usage["completion_tokens"]?.whole ?? 0,
            cachedTokens: usage["prompt_tokens_details"]?["cached_tokens"]?.whole)
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
