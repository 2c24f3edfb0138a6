package import Core

/// OpenAI's chat completions, and everything that imitates them.
package struct OpenAIWire: ChatWire {
    let spec: ExpertSpec

    package init(spec: ExpertSpec) { self.spec = spec }

    package var framing: WireFraming { .events(endMark: "[DONE]") }
    package var speaksOpenAI: Bool { true }

    package func request(_ question: Question, delivery: Delivery) throws -> WireRequest {
        let body = question.original.map { passedOn($0, question, delivery) } ?? written(question, delivery)
        return WireRequest(path: "/chat/completions", headers: spec.bearer, body: body)
    }

    /// The client's own body, changed only where it has to be.
    private func passedOn(_ original: OriginalBody, _ question: Question, _ delivery: Delivery) -> [UInt8] {
        var changes: [String: [UInt8]?] = ["model": JSONText.bytes(of: .string(spec.card.model))]
        // Members that speak to Muster alone.
        if original.has("muster") { changes["muster"] = .some(nil) }
        // Several answers are several calls of ours.
        if original.has("n") { changes["n"] = .some(nil) }
        if !question.instructions.isEmpty { changes["messages"] = told(question.instructions, original) }
        let sampling = question.sampling
        for (name, value) in [
            ("temperature", sampling.temperature.map(JSONValue.number)), ("top_p", sampling.topP.map(JSONValue.number)),
            ("seed", sampling.seed.map(JSONValue.integer)),
        ] where value != nil && original.json(name)?.double != value?.double {
            changes[name] = value.map { JSONText.bytes(of: $0) }
        }
        changes.merge(limit(original)) { _, new in new }
        let isStreamed = delivery == .streamed
        if original.json("stream") != .bool(isStreamed), isStreamed || original.has("stream") {
            changes["stream"] = JSONText.bytes(of: .bool(isStreamed))
        }
        if isStreamed {
            var options = original.json("stream_options")?.members ?? [:]
            if options.updateValue(.bool(true), forKey: "include_usage") != .bool(true) {
                changes["stream_options"] = JSONText.bytes(of: .object(options))
            }
        } else if original.has("stream_options") {
            changes["stream_options"] = .some(nil)
        }
        return original.replacing(changes)
    }

    /// How the limit of the answer is told: as the client does if it uses the newer name, else by the name that the model
    /// knows. A client that gives none gets the expert's own.
    private func limit(_ original: OriginalBody) -> [String: [UInt8]?] {
        let (older, newer) = (OpenAILimit.older, OpenAILimit.newer)
        guard !original.gives(newer) else { return [:] }
        let name = OpenAILimit.name(for: spec.card.model)
        let isGiven = original.gives(older)
        if isGiven, name == older { return [:] }
        let own = spec.maximumOutput.map { JSONText.bytes(of: .integer($0)) }
        guard let most = isGiven ? original.value(older).map(Array.init) : own else { return [:] }
        let other = name == older ? newer : older
        return original.has(other) ? [name: most, other: nil] : [name: most]
    }

    /// The client's messages with the instructions in the system message, whatever else stands in them.
    private func told(_ instructions: [String], _ original: OriginalBody) -> [UInt8]? {
        guard var messages = original.json("messages")?.elements else { return nil }
        let text = instructions.joined(separator: "\n\n")
        let index = messages.firstIndex { ["system", "developer"].contains($0["role"]?.text) }
        if let index, var message = messages[index].members {
            if let parts = message["content"]?.elements {
                let part = JSONValue.object(["type": .string("text"), "text": .string("\n\n" + text)])
                message["content"] = .array(parts + [part])
            } else {
                message["content"] = .string((message["content"]?.text ?? "") + "\n\n" + text)
            }
            messages[index] = .object(message)
        } else {
            messages.insert(.object(["role": .string("system"), "content": .string(text)]), at: 0)
        }
        return JSONText.bytes(of: .array(messages))
    }

    /// A body of our own, for a question that came in another format or was made here.
    private func written(_ question: Question, _ delivery: Delivery) -> [UInt8] {
        var body = question.extra
        body["model"] = .string(spec.card.model)
        body["messages"] = OpenAIConversation(question.instructedMessages).json
        let sampling = question.sampling
        if let value = sampling.temperature { body["temperature"] = .number(value) }
        if let value = sampling.topP { body["top_p"] = .number(value) }
        if let value = sampling.seed { body["seed"] = .integer(value) }
        if !sampling.stop.isEmpty { body["stop"] = .array(sampling.stop.map(JSONValue.string)) }
        // Two names of the same limit; servers refuse both together.
        if body[OpenAILimit.newer] ?? .null == .null, let value = sampling.maximumTokens ?? spec.maximumOutput {
            body[OpenAILimit.newer] = nil
            body[OpenAILimit.name(for: spec.card.model)] = .integer(value)
        }
        body.merge(OpenAIOutput(question.output).members) { _, new in new }
        body["stream"] = .bool(delivery == .streamed)
        body["stream_options"] = delivery == .streamed ? .object(["include_usage": .bool(true)]) : nil
        return JSONText.bytes(of: .object(body))
    }

    package func pieces(inWhole body: JSONValue, state: inout WireState) throws -> [AnswerPiece] {
        if let message = body.errorMember { throw WireSurprise.serverError(message) }
        guard let choice = first(of: body), let message = choice["message"] else {
            throw WireSurprise.unexpected("sent JSON without choices[0].message")
        }
        var pieces = texts(in: message) + state.calls.fragments(in: message, .message)
        pieces += probabilities(in: choice)
        if let usage = usage(in: body) { pieces.append(.usage(usage)) }
        pieces.append(.finish(state.calls.finish(choice["finish_reason"]?.text)))
        return pieces
    }

    package func pieces(inEvent event: JSONValue, state: inout WireState) throws -> [AnswerPiece] {
        if let message = event.errorMember { throw WireSurprise.serverError(message) }
        var pieces: [AnswerPiece] = []
        if let choice = first(of: event) {
            if let delta = choice["delta"] ?? choice["message"] {
                pieces += texts(in: delta)
                pieces += state.calls.fragments(in: delta, .delta)
            }
            pieces += probabilities(in: choice)
            // Some servers write "" where others write null.
            if let reason = choice["finish_reason"]?.text, !reason.isEmpty {
                state.progress = .finishAnnounced
                pieces.append(.finish(state.calls.finish(reason)))
            }
        }
        if let usage = usage(in: event) { pieces.append(.usage(usage)) }
        return pieces
    }

    /// The choice numbered 0: with `n` above one the others come in between.
    private func first(of body: JSONValue) -> JSONValue? {
        body["choices"]?.elements.flatMap { choices in OpenAIForm.firstChoice(of: choices).map { choices[$0] } }
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

    private func probabilities(in choice: JSONValue) -> [AnswerPiece] {
        guard let tokens = choice["logprobs"]?["content"]?.elements, !tokens.isEmpty else { return [] }
        return [.probabilities(tokens)]
    }

    private func usage(in body: JSONValue) -> Usage? {
        guard let usage = body["usage"], let prompt = usage["prompt_tokens"]?.tokenCount else { return nil }
        return Usage(
            promptTokens: prompt, completionTokens: usage["completion_tokens"]?.tokenCount ?? 0,
            cachedTokens: usage["prompt_tokens_details"]?["cached_tokens"]?.tokenCount,
            reportedDollars: usage["cost"]?.double.flatMap { (0...1_000_000).contains($0) ? $0 : nil })
    }
}
