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
        if let value = question.extra["top_k"]?.whole { options["top_k"] = .integer(value) }
        if let value = sampling.seed { options["seed"] = .integer(value) }
        if !sampling.stop.isEmpty { options["stop"] = .array(sampling.stop.map(JSONValue.string)) }
        var body: [String: JSONValue] = [
            "model": .string(spec.card.model),
            "messages": try OllamaConversation(question.instructedMessages, for: spec.card.id).json(),
            "options": .object(options), "stream": .bool(delivery == .streamed),
        ]
        if let keepAlive = spec.keepAlive {
            // A bare number is seconds; everything else is a text such as "5m".
            body["keep_alive"] = Int(keepAlive).map(JSONValue.integer) ?? .string(keepAlive)
        }
        let tools = offered(question.output)
        if !tools.isEmpty { body["tools"] = .array(tools.map(OpenAIOutput.tool)) }
        switch question.output.form {
        case .json: body["format"] = .string("json")
        case .schema(_, let schema, _): body["format"] = schema
        case nil: break
        }
        return WireRequest(path: "/api/chat", headers: spec.bearer, body: JSONText.bytes(of: .object(body)))
    }

    /// The tools that may be called: Ollama knows no choice among those it is told of.
    private func offered(_ output: OutputWishes) -> [Tool] {
        switch output.toolChoice {
        case ToolChoice.none?: []
        case .named(let name): output.tools.filter { $0.name == name }
        case .automatic, .required, nil: output.tools
        }
    }

    package func pieces(inWhole body: JSONValue, state: inout WireState) throws -> [AnswerPiece] {
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
        pieces += calls(in: event, &state)
        guard event["done"] == .bool(true) else { return pieces }
        state.progress = .over
        if let written = event["eval_count"]?.tokenCount {
            // A prompt served from the cache is not counted by the server.
            pieces.append(
                .usage(Usage(promptTokens: event["prompt_eval_count"]?.tokenCount ?? 0, completionTokens: written)))
        }
        let isCut = event["done_reason"]?.text == "length"
        pieces.append(.finish(isCut ? .length : state.callCount > 0 ? .toolCalls : .stop))
        return pieces
    }

    /// Calls come whole, without ids.
    private func calls(in event: JSONValue, _ state: inout WireState) -> [AnswerPiece] {
        (event["message"]?["tool_calls"]?.elements ?? []).compactMap { call in
            guard let name = call["function"]?["name"]?.text, state.callCount < AnswerPiece.mostCalls else {
                return nil
            }
            let arguments = JSONText.of(call["function"]?["arguments"] ?? .object([:]))
            let place = state.callCount
            state.callCount += 1
            let id = state.ids.id(at: place, name, arguments)
            return .call(ToolCallFragment(index: place, id: id, name: name, arguments: arguments))
        }
    }
}
