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
            "messages": .array(turns(of: question.instructedMessages)), "stream": .bool(delivery == .streamed),
        ]
        body.merge(AnthropicOutput(question.output).members) { _, new in new }
        let system = question.instructedMessages.filter { $0.role == .system }.map(\.text).joined(separator: "\n\n")
        if !system.isEmpty { body["system"] = .string(system) }
        if let value = sampling.temperature { body["temperature"] = .number(min(1, value)) }
        if let value = sampling.topP { body["top_p"] = .number(value) }
        if let value = question.extra["top_k"]?.whole { body["top_k"] = .integer(value) }
        if !sampling.stop.isEmpty { body["stop_sequences"] = .array(sampling.stop.map(JSONValue.string)) }
        var headers = [WireHeader(name: "anthropic-version", value: "2023-06-01")]
        if let key = spec.key { headers.append(WireHeader(name: "x-api-key", value: key.reveal())) }
        return WireRequest(path: "/messages", headers: headers, body: JSONText.bytes(of: .object(body)))
    }

    /// The API wants user and assistant to take turns: neighbours of one role become one turn.
    private func turns(of messages: [Message]) -> [JSONValue] {
        var turns: [(role: String, parts: [JSONValue])] = []
        for message in messages where message.role != .system {
            // An empty text is refused by the API.
            var parts = message.parts.filter { $0 != .text("") }.map(part)
            // What came of a call is told by the user.
            let role = message.role == .tool ? "user" : message.role.rawValue
            if let answered = message.answeredCall {
                parts = [
                    .object([
                        "type": .string("tool_result"), "tool_use_id": .string(answered), "content": .array(parts),
                    ])
                ]
            }
            if parts.isEmpty { continue }
            if turns.last?.role == role {
                turns[turns.count - 1].parts += parts
            } else {
                turns.append((role, parts))
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
        case .call(let call):
            return .object([
                "type": .string("tool_use"), "id": .string(call.id), "name": .string(call.name),
                "input": JSONValue.parse(call.arguments) ?? .object([:]),
            ])
        }
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
        case "max_tokens": .length
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
