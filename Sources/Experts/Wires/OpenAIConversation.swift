import Core

/// A conversation as OpenAI writes it. What came of a call is told there in words alone: the pictures of neighbouring
/// results follow them, as something that the user shows.
struct OpenAIConversation {
    private let messages: [Message]

    init(_ messages: [Message]) { self.messages = messages }

    /// Said in place of a result that is a picture and nothing else.
    static let pictureBelow = "(picture below)"

    var json: JSONValue {
        var turns: [Message] = []
        var shown: [Message.Part] = []
        func show() {
            if !shown.isEmpty { turns.append(Message(role: .user, parts: shown)) }
            shown = []
        }
        for message in messages {
            guard message.role == .tool else {
                show()
                turns.append(message)
                continue
            }
            let pictures = message.parts.filter { if case .image = $0 { true } else { false } }
            shown += pictures
            turns.append(pictures.isEmpty ? message : Self.told(message))
        }
        show()
        return .array(turns.map { OpenAIMessage($0).json })
    }

    /// The result without its pictures.
    private static func told(_ message: Message) -> Message {
        let text = message.text.isEmpty ? pictureBelow : message.text
        return Message(role: .tool, parts: [.text(text)], answeredCall: message.answeredCall)
    }
}
