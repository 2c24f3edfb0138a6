import Core

/// A conversation as Anthropic writes it: the system's words apart, user and assistant in turns, neighbours of one role
/// as one turn, and nothing that is empty.
struct AnthropicConversation {
    /// Empty if there is none.
    let system: String
    /// Empty if nothing is said at all.
    let turns: [JSONValue]

    init(_ messages: [Message]) {
        let told = messages.filter { $0.role == .system }.map(\.text).joined(separator: "\n\n")
        let turns = Self.turns(of: messages)
        // Somebody has to say something: where only the system does, it is heard as the user.
        let isAlone = turns.isEmpty && !told.isBlank
        system = isAlone || told.isBlank ? "" : told
        self.turns = isAlone ? [Self.turn("user", [Self.part(.text(told))])] : turns
    }

    private static func turns(of messages: [Message]) -> [JSONValue] {
        var ids = AnthropicCallIDs(messages)
        var turns: [(role: String, parts: [JSONValue])] = []
        for message in messages where message.role != .system {
            // What came of a call is told by the user.
            let role = message.role == .tool ? "user" : message.role.rawValue
            if message.role == .assistant, turns.last?.role != role { ids.beginTurn() }
            var parts = message.parts.compactMap { written($0, &ids) }
            if let answered = message.answeredCall {
                parts = [
                    .object([
                        "type": .string("tool_result"), "tool_use_id": .string(ids.result(answered)),
                        "content": .array(parts),
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
        return turns.map(turn)
    }

    private static func turn(_ role: String, _ parts: [JSONValue]) -> JSONValue {
        .object(["role": .string(role), "content": .array(parts)])
    }

    /// The part; nil for a text that shows nothing, which is refused.
    private static func written(_ part: Message.Part, _ ids: inout AnthropicCallIDs) -> JSONValue? {
        switch part {
        case .text(let text) where text.isBlank: return nil
        case .call(var call):
            call.id = ids.call(call.id)
            return Self.part(.call(call))
        default: return Self.part(part)
        }
    }

    private static func part(_ part: Message.Part) -> JSONValue {
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
                "type": .string("tool_use"), "id": .string(call.id), "name": .string(call.name), "input": call.input,
            ])
        }
    }
}

extension String {
    /// True if nothing in it can be seen.
    var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
