import Core

/// A turn of a conversation as OpenAI writes it.
struct OpenAIMessage {
    private let message: Message

    init(_ message: Message) { self.message = message }

    var json: JSONValue {
        var members: [String: JSONValue] = ["role": .string(message.role.rawValue), "content": content]
        let calls = message.calls
        if !calls.isEmpty { members["tool_calls"] = .array(calls.map(Self.call)) }
        if let answered = message.answeredCall { members["tool_call_id"] = .string(answered) }
        return .object(members)
    }

    private var content: JSONValue {
        let hasImages = message.parts.contains { if case .image = $0 { true } else { false } }
        if hasImages { return .array(message.parts.compactMap(Self.part)) }
        // A turn of calls alone says nothing.
        return message.text.isEmpty && !message.calls.isEmpty ? .null : .string(message.text)
    }

    private static func part(_ part: Message.Part) -> JSONValue? {
        switch part {
        case .text(let text): .object(["type": .string("text"), "text": .string(text)])
        case .image(let url): .object(["type": .string("image_url"), "image_url": .object(["url": .string(url)])])
        case .call: nil
        }
    }

    private static func call(_ call: ToolCall) -> JSONValue {
        .object([
            "id": .string(call.id), "type": .string("function"),
            "function": .object(["name": .string(call.name), "arguments": .string(call.arguments)]),
        ])
    }
}
