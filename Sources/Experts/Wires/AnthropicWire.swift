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
        var body: [String: JSONValue] = [
            "model": .string(spec.card.model),
            "max_tokens": .integer(sampling.maximumTokens ?? spec.maximumOutput ?? Self.assumedMaximum),
            "messages": .array(turns(of: question.messages)), "stream": .bool(delivery == .streamed),
        ]
        let system = question.messages.filter { $0.role == .system }.map(\.text).joined(separator: "\n\n")
        if !system.isEmpty { body["system"] = .string(system) }
        if let value = sampling.temperature { body["temperature"] = .number(min(1, value)) }
        if let value = sampling.topP { body["top_p"] = .number(value) }
        if !sampling.stop.isEmpty { body["stop_sequences"] = .array(sampling.stop.map(JSONValue.string)) }
        var headers = [WireHeader(name: "anthropic-version", value: "2023-06-01")]
        if let key = spec.key { headers.append(WireHeader(name: "x-api-key", value: key.reveal())) }
        return WireRequest(path: "/messages", headers: headers, body: .object(body))
    }

    /// The API wants user and assistant to take turns: neighbours of one role become one turn.
    private func turns(of messages: [Message]) -> [JSONValue] {
        var turns: [(role: String, parts: [JSONValue])] = []
        for message in messages where message.role != .system {
            // An empty text is refused by the API.
            let parts = message.parts.filter { $0 != .text("") }.map(part)
            if parts.isEmpty { continue }
            if turns.last?.role == message.role.rawValue {
                turns[turns.count - 1].parts += parts
            } else {
                turns.append((message.role.rawValue, parts))
            }
        }
        return turns.map { .object(["role": .string($0.role), "content": .array($0.parts)]) }
    }

    private func part(_ part: Message.Part) -> JSONValue {
        switch part {
        case .text(let text): return .object(["type": .string("text"), "text": .string(text)])
        case .image(let url):
            let source: JSONValue =
                DataURL(url).map { data in
                    .object([
                        "type": .string("base64"), "media_type": .string(data.mediaType), "data": .string(data.base64),
                    ])
                } ?? .object(["type": .string("url"), "url": .string(url)])
            return .object(["type": .string("image"), "source": source])
        }
    }

    package func pieces(inWhole body: JSONValue) throws -> [AnswerPiece] {
        if let message = body.errorMember { throw WireSurprise.serverError(message) }
        guard let content = body["content"]?.elements else {
            throw WireSurprise.unexpected("sent JSON without content")
        }
        var pieces = content.compactMap { block -> AnswerPiece? in
            switch block["type"]?.text {
            case "text": block["text"]?.text.map(AnswerPiece.text)
            case "thinking": block["thinking"]?.text.map(AnswerPiece.reasoning)
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
        case "content_block_delta":
            let delta = event["delta"]
            if let text = delta?["text"]?.text, !text.isEmpty { return [.text(text)] }
            if let thinking = delta?["thinking"]?.text, !thinking.isEmpty { return [.reasoning(thinking)] }
            return []  // signatures, and the input of tools
        case "message_delta":
            var pieces: [AnswerPiece] = []
            if let written = event["usage"]?["output_tokens"]?.tokenCount {
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
        default: return []  // ping, content_block_start, content_block_stop, and what may come
        }
    }

    /// Prompt tokens, cached ones included, as OpenAI counts them; and how many were cached.
    private func promptTokens(in usage: JSONValue) -> (Int, Int?) {
        let read = usage["cache_read_input_tokens"]?.tokenCount
        let written = usage["cache_creation_input_tokens"]?.tokenCount ?? 0
        return ((usage["input_tokens"]?.tokenCount ?? 0) + (read ?? 0) + written, read)
    }

    private func finish(_ reason: String?) -> FinishReason {
        switch reason {
        case "max_tokens": .length
        case "refusal": .contentFilter
        case "tool_use": .toolCalls
        default: .stop
        }
    }
}
