import Core

/// Reads `messages`: who said what, in text and pictures.
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
        try refuseCalls(&fields)
        let written = fields.take("content")
        // An assistant's turn may be empty: it is what was said before.
        if written == nil, role == .assistant { return Message(role: role, parts: []) }
        return Message(role: role, parts: try parts(written, at: fields.path("content")))
    }

    private static func role(_ written: String?, at path: String) throws -> Message.Role {
        switch written {
        case "system", "developer": return .system
        case "user": return .user
        case "assistant": return .assistant
        case "tool", "function":
            throw Fault(.unsupported, path, "tools are not supported yet", hint: "Leave out messages of tools")
        case let other:
            let roles = ["system", "developer", "user", "assistant"]
            let meant = other.flatMap { NearestName.of($0, among: roles) }.map { ". Did you mean \($0)?" } ?? ""
            throw Fault(
                .invalidRequest, path, other.map { "there is no role \"\($0.prefix(40))\"" } ?? "it is missing",
                expected: "system, developer, user or assistant is expected" + meant)
        }
    }

    private static func refuseCalls(_ fields: inout RequestFields) throws {
        for name in ["tool_calls", "function_call"] {
            let path = fields.path(name)
            guard let value = fields.take(name), value.elements?.isEmpty != true else { continue }
            throw Fault(.unsupported, path, "tools are not supported yet", hint: "Leave it out")
        }
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
