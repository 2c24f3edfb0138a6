package import Core

/// Ollama's own chat API, which honours context size and keep-alive; its imitation of OpenAI's ignores both.
package struct OllamaWire: ChatWire {
    let spec: ExpertSpec

    package init(spec: ExpertSpec) { self.spec = spec }

    package var framing: WireFraming { .lines }

    package func request(_ question: Question, delivery: Delivery) throws -> WireRequest {
        var options: [String: JSONValue] = [:]
        let sampling = question.sampling
        if let value = spec.card.context { options["num_ctx"] = .integer(value) }
        if let value = sampling.maximumTokens ?? spec.maximumOutput { options["num_predict"] = .integer(value) }
        if let value = sampling.temperature { options["temperature"] = .number(value) }
        if let value = sampling.topP { options["top_p"] = .number(value) }
        if let value = sampling.seed { options["seed"] = .integer(value) }
        if !sampling.stop.isEmpty { options["stop"] = .array(sampling.stop.map(JSONValue.string)) }
        var body: [String: JSONValue] = [
            "model": .string(spec.card.model), "messages": .array(try question.messages.map(message)),
            "options": .object(options), "stream": .bool(delivery == .streamed),
        ]
        if let keepAlive = spec.keepAlive {
            // A bare number is seconds; everything else is a text such as "5m".
            body["keep_alive"] = Int(keepAlive).map(JSONValue.integer) ?? .string(keepAlive)
        }
        return WireRequest(path: "/api/chat", headers: spec.bearer, body: .object(body))
    }

    private func message(_ message: Message) throws -> JSONValue {
        var fields: [String: JSONValue] = ["role": .string(message.role.rawValue), "content": .string(message.text)]
        let images = try message.parts.compactMap { part -> JSONValue? in
            guard case .image(let url) = part else { return nil }
            guard let data = DataURL(url) else {
                throw Fault(
                    .unsupported, spec.card.id.rawValue, "takes pictures only as data: addresses",
                    hint: "Send the picture itself as data:image/png;base64,…")
            }
            return .string(data.base64)
        }
        if !images.isEmpty { fields["images"] = .array(images) }
        return .object(fields)
    }

    package func pieces(inWhole body: JSONValue) throws -> [AnswerPiece] {
        var state = WireState()
        guard body["message"] != nil || body.errorMember != nil else {
            throw WireSurprise.unexpected("sent JSON without message")
        }
        return try pieces(inEvent: body, state: &state)
    }

    package func pieces(inEvent event: JSONValue, state: inout WireState) throws -> [AnswerPiece] {
        if let message = event.errorMember { throw WireSurprise.serverError(message) }
        var pieces: [AnswerPiece] = []
        if let thinking = event["message"]?["thinking"]?.text, !thinking.isEmpty { pieces.append(.reasoning(thinking)) }
        if let text = event["message"]?["content"]?.text, !text.isEmpty { pieces.append(.text(text)) }
        guard event["done"] == .bool(true) else { return pieces }
        state.progress = .over
        if let written = event["eval_count"]?.tokenCount {
            // A prompt served from the cache is not counted by the server.
            pieces.append(
                .usage(Usage(promptTokens: event["prompt_eval_count"]?.tokenCount ?? 0, completionTokens: written)))
        }
        pieces.append(.finish(event["done_reason"]?.text == "length" ? .length : .stop))
        return pieces
    }
}
