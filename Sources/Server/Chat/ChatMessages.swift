import Core

/// Reads `messages`: who said what, in text, pictures and calls of tools.
enum ChatMessages {
    /// The most turns of a conversation, and parts of a turn.
    static let most = 10_000

    static func read(_ value: JSONValue?) throws -> [Message] {
        guard let value else {
            throw Fault(.invalidRequest, "messages", "it is missing", expected: "A list of messages is expected")
        }
        guard let elements = value.elements, (1...most).contains(elements.count) else {
            throw RequestFields.wrong(
                "messages", value, expected: "A list of 1 to \(most) messages is expected")
        }
        return try elements.enumerated().map { try message($1, at: "messages[\($0)]") }
    }

    private static func message(_ value: JSONValue, at place: String) throws -> Message {
        var fields = try RequestFields(value, at: place)
        let role = try role(try fields.text("role"), at: fields.path("role"))
        let calls = try calls(&fields, of: role)
        let answered = try fields.text("tool_call_id")
        if role == .tool, answered == nil {
            throw Fault(
                .invalidRequest, fields.path("tool_call_id"), "it is missing",
                expected: "The id of the call that this answers is expected")
        }
        let written = fields.take("content")
        // An assistant's turn may be empty: it is what was said before.
        if written == nil, role == .assistant { return Message(role: role, parts: calls) }
        return Message(
            role: role, parts: try parts(written, at: fields.path("content")) + calls,
            answeredCall: role == .tool ? answered : nil)
    }

    private static func role(_ written: String?, at path: String) throws -> Message.Role {
        switch written {
        case "system", "developer": return .system
        case "user": return .user
        case "assistant": return .assistant
        case "tool": return .tool
        case "function":
            throw Fault(
                .unsupported, path, "this older form is not taken", hint: "Send role tool with a tool_call_id")
        case let other:
            let roles = ["system", "developer", "user", "assistant", "tool"]
            let meant = other.flatMap { NearestName.of($0, among: roles) }.map { ". Did you mean \($0)?" } ?? ""
            throw Fault(
                .invalidRequest, path, other.map { "there is no role \"\($0.prefix(40))\"" } ?? "it is missing",
                expected: "system, developer, user, assistant or tool is expected" + meant)
        }
    }

    /// The calls that the assistant asked for in a turn.
    private static func calls(_ fields: inout RequestFields, of role: Message.Role) throws -> [Message.Part] {
        if let older = fields.take("function_call"), older != .null {
            throw Fault(
                .unsupported, fields.path("function_call"), "this older form is not taken", hint: "Send tool_calls")
        }
        let path = fields.path("tool_calls")
        guard let written = fields.take("tool_calls") else { return [] }
        guard let elements = written.elements, elements.count <= AnswerPiece.mostCalls else {
            throw RequestFields.wrong(
                path, written, expected: "A list of at most \(AnswerPiece.mostCalls) calls is expected")
        }
        guard role == .assistant || elements.isEmpty else {
            throw Fault(.invalidRequest, path, "only an assistant asks for calls", hint: "Leave it out")
        }
        return try elements.enumerated().map { .call(try call($1, at: "\(path)[\($0)]")) }
    }

    private static func call(_ value: JSONValue, at place: String) throws -> ToolCall {
        var fields = try RequestFields(value, at: place)
        var function = try RequestFields(fields.take("function") ?? .null, at: fields.path("function"))
        guard let id = try fields.text("id"), let name = try function.text("name") else {
            throw Fault(
                .invalidRequest, place, "its id or the name of its function is missing",
                expected: #"{"id": …, "type": "function", "function": {"name": …, "arguments": …}} is expected"#)
        }
        return ToolCall(id: id, name: name, arguments: try function.text("arguments") ?? "{}")
    }

    private static func parts(_ written: JSONValue?, at path: String) throws -> [Message.Part] {
        guard let written else {
            throw Fault(.invalidRequest, path, "it is missing", expected: "A string or a list of parts is expected")
        }
        if let text = written.text { return [.text(text)] }
        guard let elements = written.elements, (1...most).contains(elements.count) else {
            throw RequestFields.wrong(path, written, expected: "A string or a list of 1 to \(most) parts is expected")
        }
        return try elements.enumerated().map { try part($1, at: "\(path)[\($0)]") }
    }

    private static func part(_ value: JSONValue, at place: String) throws -> Message.Part {
        var fields = try RequestFields(value, at: place)
        switch try fields.text("type") {
        case "text":
            guard let text = try fields.text("text") else {
                throw Fault(.invalidRequest, fields.path("text"), "it is missing", expected: "A string is expected")
            }
            return .text(text)
        case "image_url": return .image(url: try address(&fields))
        case let other:
            throw Fault(
                .unsupported, fields.path("type"),
                other.map { "parts of type \"\($0.prefix(40))\" are not supported" } ?? "it is missing",
                expected: "text or image_url is expected")
        }
    }

    /// `{"url": …}`, or the address alone, as some clients write it.
    private static func address(_ fields: inout RequestFields) throws -> String {
        let path = fields.path("image_url")
        let value = fields.take("image_url") ?? .null
        guard let url = value.text ?? value["url"]?.text else {
            throw RequestFields.wrong(path, value, expected: "An object with a url is expected")
        }
        guard ["https://", "http://", "data:"].contains(where: { url.prefix(8).lowercased().hasPrefix($0) }) else {
            throw Fault(
                .invalidRequest, path + ".url", "it is no address of a picture",
                expected: "An address that begins with https: or data: is expected")
        }
        return url
    }
}
