/// One turn of a conversation: who speaks, and what is said.
public struct ChatTurn: Sendable {
    /// "system", "user", "assistant", "tool", or what else the template knows.
    public let role: String

    /// A text for most templates; a list of parts for some, or `.none` beside tool calls.
    public let content: TemplateValue

    /// What else the turn carries under the names that templates look for, such as `name` or `tool_calls`.
    public let fields: TemplateMembers

    /// A turn with any content.
    public init(role: String, content: TemplateValue, fields: TemplateMembers = [:]) {
        self.role = role
        self.content = content
        self.fields = fields
    }

    /// A turn of text.
    public init(role: String, content: String) {
        self.init(role: role, content: .text(content))
    }

    /// The turn as the template sees it.
    var value: TemplateValue {
        var members: TemplateMembers = ["role": .text(role), "content": content]
        for (name, value) in fields.members { members.append(name, value) }
        return .mapping(members)
    }
}
