import Core

/// Reads `system` and `messages` of Anthropic's format: strings, or lists of blocks.
enum MessagesContent {
    static func system(_ written: JSONValue?) throws -> [Message] {
        guard let written else { return [] }
        if let text = written.text { return text.isEmpty ? [] : [Message(.system, text)] }
        let texts = try blocks(written, at: "system").enumerated().map { index, block in
            var fields = try RequestFields(block, at: "system[\(index)]")
            guard try fields.text("type") == "text", let text = try fields.text("text") else {
                throw Fault(
                    .unsupported, fields.path("type"), "only text may stand here", expected: "text is expected")
            }
            return text
        }
        return [Message(.system, texts.joined(separator: "\n\n"))]
    }

    static func conversation(_ written: JSONValue?) throws -> [Message] {
        guard let written else {
            throw Fault(.invalidRequest, "messages", "it is missing", expected: "A list of messages is expected")
        }
        guard let elements = written.elements, (1...ChatMessages.most).contains(elements.count) else {
            throw RequestFields.wrong(
                "messages", written, expected: "A list of 1 to \(ChatMessages.most) messages is expected")
        }
        return try elements.enumerated().flatMap { try turn($1, at: "messages[\($0)]") }
    }

    /// One turn; a user's turn that tells what came of calls becomes several.
    private static func turn(_ value: JSONValue, at place: String) throws -> [Message] {
        var fields = try RequestFields(value, at: place)
        let written = try fields.text("role")
        guard let role = written.flatMap(Message.Role.init), role != .tool else {
            throw Fault(
                .invalidRequest, fields.path("role"),
                written.map { "there is no role \"\($0.prefix(40))\"" } ?? "it is missing",
                expected: "user or assistant is expected")
        }
        let path = fields.path("content")
        guard let content = fields.take("content") else {
            throw Fault(.invalidRequest, path, "it is missing", expected: "A string or a list of blocks is expected")
        }
        if let text = content.text { return [Message(role, text)] }
        var turns: [Message] = []
        var parts: [Message.Part] = []
        func close() {
            if !parts.isEmpty { turns.append(Message(role: role, parts: parts)) }
            parts = []
        }
        for (index, block) in try blocks(content, at: path).enumerated() {
            switch try read(block, of: role, at: "\(path)[\(index)]") {
            case .part(let part): parts.append(part)
            case .result(let message):
                close()
                turns.append(message)
            case .nothing: break
            }
        }
        close()
        // A turn of thinking alone, or of nothing: what was said before may be empty.
        return turns.isEmpty ? [Message(role: role, parts: [])] : turns
    }

    private enum Block {
        case part(Message.Part)
        /// What came of a call, a turn of its own.
        case result(Message)
        /// Thinking: only the maker of a thought can read it.
        case nothing
    }

    private static func read(_ value: JSONValue, of role: Message.Role, at place: String) throws -> Block {
        var fields = try RequestFields(value, at: place)
        let type = try fields.text("type")
        switch (type, role) {
        case ("text", _): return .part(.text(try required("text", of: &fields)))
        case ("image", .user): return .part(.image(url: try picture(&fields)))
        case ("document", .user): return .part(.text(try document(&fields)))
        case ("thinking", .assistant), ("redacted_thinking", .assistant): return .nothing
        case ("tool_use", .assistant):
            let input = fields.take("input") ?? .object([:])
            return .part(
                .call(
                    ToolCall(
                        id: try required("id", of: &fields), name: try required("name", of: &fields),
                        arguments: JSONText.of(input))))
        case ("tool_result", .user): return .result(try result(&fields))
        default:
            throw Fault(
                .unsupported, fields.path("type"),
                type.map { "blocks of type \"\($0.prefix(40))\" are not supported in a turn of the \(role.rawValue)" }
                    ?? "it is missing",
                expected: role == .assistant
                    ? "text, tool_use or thinking is expected" : "text, image, document or tool_result is expected")
        }
    }

    private static func result(_ fields: inout RequestFields) throws -> Message {
        let id = try required("tool_use_id", of: &fields)
        // Other formats have no mark for it: an expert has to read it.
        let failed = try fields.flag("is_error") ?? false
        var parts: [Message.Part] = failed ? [.text("The call failed: ")] : []
        let path = fields.path("content")
        if let content = fields.take("content") {
            if let text = content.text {
                parts.append(.text(text))
            } else {
                for (index, block) in try blocks(content, at: path).enumerated() {
                    var inner = try RequestFields(block, at: "\(path)[\(index)]")
                    switch try inner.text("type") {
                    case "text": parts.append(.text(try required("text", of: &inner)))
                    case "image": parts.append(.image(url: try picture(&inner)))
                    case let other:
                        throw Fault(
                            .unsupported, inner.path("type"),
                            other.map { "results of type \"\($0.prefix(40))\" are not supported" } ?? "it is missing",
                            expected: "text or image is expected")
                    }
                }
            }
        }
        return Message(role: .tool, parts: parts.isEmpty ? [.text("")] : parts, answeredCall: id)
    }

    private static func picture(_ fields: inout RequestFields) throws -> String {
        var source = try RequestFields(fields.take("source") ?? .null, at: fields.path("source"))
        switch try source.text("type") {
        case "base64":
            let type = try required("media_type", of: &source)
            return "data:\(type);base64,\(try required("data", of: &source))"
        case "url":
            let url = try required("url", of: &source)
            guard ["https://", "http://"].contains(where: { url.prefix(8).lowercased().hasPrefix($0) }) else {
                throw Fault(
                    .invalidRequest, source.path("url"), "it is no address of a picture",
                    expected: "An address that begins with https: is expected")
            }
            return url
        case let other:
            throw Fault(
                .unsupported, source.path("type"),
                other.map { "sources of type \"\($0.prefix(40))\" are not supported" } ?? "it is missing",
                expected: "base64 or url is expected")
        }
    }

    /// A document of plain text; others cannot be shown to every expert.
    private static func document(_ fields: inout RequestFields) throws -> String {
        var source = try RequestFields(fields.take("source") ?? .null, at: fields.path("source"))
        guard try source.text("type") == "text" else {
            throw Fault(
                .unsupported, source.path("type"), "only documents of plain text are supported",
                expected: "text is expected", hint: "Send the document's text")
        }
        let title = try fields.text("title").map { $0 + "\n\n" } ?? ""
        return title + (try required("data", of: &source))
    }

    private static func blocks(_ value: JSONValue, at path: String) throws -> [JSONValue] {
        guard let elements = value.elements, elements.count <= ChatMessages.most else {
            throw RequestFields.wrong(
                path, value, expected: "A string or a list of at most \(ChatMessages.most) blocks is expected")
        }
        return elements
    }

    private static func required(_ name: String, of fields: inout RequestFields) throws -> String {
        guard let text = try fields.text(name) else {
            throw Fault(.invalidRequest, fields.path(name), "it is missing", expected: "A string is expected")
        }
        return text
    }
}
