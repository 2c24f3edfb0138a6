import Core

/// Reads `input` of the Responses API: a text, or items (messages, calls, what came of them).
enum ResponsesInput {
    static func read(_ written: JSONValue?) throws -> [Message] {
        guard let written else {
            throw Fault(.invalidRequest, "input", "it is missing", expected: "A string or a list of items is expected")
        }
        if let text = written.text { return [Message(.user, text)] }
        guard let elements = written.elements, (1...ChatMessages.most).contains(elements.count) else {
            throw RequestFields.wrong(
                "input", written, expected: "A string or a list of 1 to \(ChatMessages.most) items is expected")
        }
        var messages: [Message] = []
        for (index, value) in elements.enumerated() { try read(value, at: "input[\(index)]", into: &messages) }
        guard !messages.isEmpty else {
            throw Fault(.invalidRequest, "input", "it holds no message", expected: "At least one message is expected")
        }
        return messages
    }

    private static func read(_ value: JSONValue, at place: String, into messages: inout [Message]) throws {
        var fields = try RequestFields(value, at: place)
        switch try fields.text("type") ?? "message" {
        case "message": messages.append(try message(&fields))
        case "function_call":
            let call = ToolCall(
                id: try required("call_id", of: &fields), name: try required("name", of: &fields),
                arguments: try fields.text("arguments") ?? "{}")
            // Calls of one turn are one turn for every other format.
            if let last = messages.indices.last, messages[last].role == .assistant {
                messages[last].parts.append(.call(call))
            } else {
                messages.append(Message(role: .assistant, parts: [.call(call)]))
            }
        case "function_call_output":
            let id = try required("call_id", of: &fields)
            messages.append(
                Message(role: .tool, parts: try parts(&fields, member: "output", of: .tool), answeredCall: id))
        // Only the maker of a thought can read it.
        case "reasoning": break
        case let other:
            throw Fault(
                .unsupported, fields.path("type"), "items of type \"\(other.prefix(40))\" are not supported",
                expected: "message, function_call, function_call_output or reasoning is expected")
        }
    }

    private static func message(_ fields: inout RequestFields) throws -> Message {
        let written = try fields.text("role")
        let role: Message.Role
        switch written {
        case "system", "developer": role = .system
        case "user": role = .user
        case "assistant": role = .assistant
        default:
            throw Fault(
                .invalidRequest, fields.path("role"),
                written.map { "there is no role \"\($0.prefix(40))\"" } ?? "it is missing",
                expected: "user, assistant, system or developer is expected")
        }
        return Message(role: role, parts: try parts(&fields, member: "content", of: role))
    }

    private static func parts(
        _ fields: inout RequestFields, member: String, of role: Message.Role
    ) throws -> [Message.Part] {
        let path = fields.path(member)
        guard let content = fields.take(member) else {
            throw Fault(.invalidRequest, path, "it is missing", expected: "A string or a list of parts is expected")
        }
        if let text = content.text { return [.text(text)] }
        guard let elements = content.elements, elements.count <= ChatMessages.most else {
            throw RequestFields.wrong(
                path, content, expected: "A string or a list of at most \(ChatMessages.most) parts is expected")
        }
        return try elements.enumerated().map { try part($1, at: "\(path)[\($0)]") }
    }

    private static func part(_ value: JSONValue, at place: String) throws -> Message.Part {
        var fields = try RequestFields(value, at: place)
        switch try fields.text("type") {
        case "input_text", "output_text", "text": return .text(try required("text", of: &fields))
        case "refusal": return .text(try required("refusal", of: &fields))
        case "input_image":
            let url = try required("image_url", of: &fields)
            guard ["https://", "http://", "data:"].contains(where: { url.prefix(8).lowercased().hasPrefix($0) }) else {
                throw Fault(
                    .invalidRequest, fields.path("image_url"), "it is no address of a picture",
                    expected: "An address that begins with https: or data: is expected")
            }
            return .image(url: url)
        case let other:
            throw Fault(
                .unsupported, fields.path("type"),
                other.map { "parts of type \"\($0.prefix(40))\" are not supported" } ?? "it is missing",
                expected: "input_text, output_text or input_image is expected")
        }
    }

    private static func required(_ name: String, of fields: inout RequestFields) throws -> String {
        guard let text = try fields.text(name) else {
            throw Fault(.invalidRequest, fields.path(name), "it is missing", expected: "A string is expected")
        }
        return text
    }
}
