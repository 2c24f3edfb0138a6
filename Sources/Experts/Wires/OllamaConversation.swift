import Core

/// A conversation as Ollama writes it: a turn's words as one text, its pictures beside them, and each result with the
/// name of the tool that was called.
struct OllamaConversation {
    private let messages: [Message]
    private let expert: ExpertID

    /// - Parameter expert: named in faults.
    init(_ messages: [Message], for expert: ExpertID) {
        self.messages = messages
        self.expert = expert
    }

    /// - Throws: a `Fault` for a picture that is elsewhere.
    func json() throws -> JSONValue {
        // Names of the tools that were called, by the call's id; of two calls with one id the later one counts.
        var called: [String: String] = [:]
        return .array(
            try messages.map { message in
                for call in message.calls { called[call.id] = call.name }
                var members = try turn(message)
                members["tool_name"] = message.answeredCall.flatMap { called[$0] }.map(JSONValue.string)
                return .object(members)
            })
    }

    private func turn(_ message: Message) throws -> [String: JSONValue] {
        var members: [String: JSONValue] = ["role": .string(message.role.rawValue), "content": .string(message.text)]
        let images = try message.parts.compactMap(picture)
        if !images.isEmpty { members["images"] = .array(images) }
        let calls = message.calls.map { call in
            JSONValue.object(["function": .object(["name": .string(call.name), "arguments": call.input])])
        }
        if !calls.isEmpty { members["tool_calls"] = .array(calls) }
        return members
    }

    private func picture(_ part: Message.Part) throws -> JSONValue? {
        guard case .image(let url) = part else { return nil }
        guard let data = DataURL(url) else {
            throw Fault(
                .unsupported, expert.rawValue, "takes pictures only as data: addresses",
                hint: "Send the picture itself as data:image/png;base64,…")
        }
        return .string(data.base64)
    }
}
