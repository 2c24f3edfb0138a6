/// One turn of a conversation.
public struct Message: Sendable, Hashable {
    /// Who speaks.
    public enum Role: String, Sendable, CaseIterable {
        case system, user, assistant
        /// What came of a call that the assistant asked for.
        case tool
    }

    /// A piece of what was said, shown or asked to be done.
    public enum Part: Sendable, Hashable {
        case text(String)
        /// A picture by address: `https:` or `data:`.
        case image(url: String)
        /// A call that the assistant asked for.
        case call(ToolCall)
    }

    public var role: Role
    public var parts: [Part]
    /// The id of the call that a turn of role `tool` answers.
    public var answeredCall: String?

    public init(role: Role, parts: [Part], answeredCall: String? = nil) {
        self.role = role
        self.parts = parts
        self.answeredCall = answeredCall
    }

    /// A turn of text alone.
    public init(_ role: Role, _ text: String) { self.init(role: role, parts: [.text(text)]) }

    /// The words of the turn; pictures and calls left out.
    public var text: String {
        if parts.count == 1, case .text(let only) = parts[0] { return only }
        return parts.reduce(into: "") { if case .text(let text) = $1 { $0 += text } }
    }

    /// The calls of the turn.
    public var calls: [ToolCall] { parts.compactMap { if case .call(let call) = $0 { call } else { nil } } }

    /// How long the turn's words and calls are, in bytes.
    public var textBytes: Int {
        parts.reduce(0) { sum, part in
            switch part {
            case .text(let text): sum + text.utf8.count
            case .call(let call): sum + call.name.utf8.count + call.arguments.utf8.count
            case .image: sum
            }
        }
    }
}
