import Core

/// Reads `tool_choice`, as chats and responses write it.
enum ToolChoiceReading {
    /// - Parameter tools: those that are offered; a choice of some of them leaves no others.
    static func read(_ written: JSONValue?, among tools: inout [Tool]) throws -> ToolChoice? {
        guard let written else { return nil }
        switch written.text {
        case "auto": return .automatic
        case "none": return ToolChoice.none
        case "required": return .required
        default: break
        }
        if written["type"]?.text == "allowed_tools" { return try allowed(written, among: &tools) }
        guard let name = name(of: written) else {
            throw RequestFields.wrong(
                "tool_choice", written,
                expected: #"auto, none, required or {"type": "function", "function": {"name": …}} is expected"#)
        }
        try check(name, at: "tool_choice", among: tools)
        return .named(name)
    }

    /// `{"type": "allowed_tools", "allowed_tools": {"mode": …, "tools": [{"type": "function", "function": {"name": …}}]}}`;
    /// responses have mode and tools in the choice itself.
    private static func allowed(_ written: JSONValue, among tools: inout [Tool]) throws -> ToolChoice {
        let isInside = written["allowed_tools"] != nil
        var fields = try RequestFields(
            written["allowed_tools"] ?? written, at: isInside ? "tool_choice.allowed_tools" : "tool_choice")
        let mode = try fields.text("mode")
        guard let mode, ["auto", "required"].contains(mode) else {
            throw Fault(
                .invalidRequest, fields.path("mode"),
                mode.map { "there is no mode \"\($0.prefix(40))\"" } ?? "it is missing",
                expected: "auto or required is expected")
        }
        let list = fields.take("tools") ?? .null
        guard let elements = list.elements, (1...ChatOutput.mostTools).contains(elements.count) else {
            throw RequestFields.wrong(
                fields.path("tools"), list, expected: "A list of 1 to \(ChatOutput.mostTools) tools is expected")
        }
        let names = try elements.enumerated().map { index, element in
            let place = fields.path("tools[\(index)]")
            guard let name = name(of: element) else {
                throw RequestFields.wrong(place, element, expected: "The name of one of tools is expected")
            }
            try check(name, at: place, among: tools)
            return name
        }
        tools.removeAll { !names.contains($0.name) }
        return mode == "required" ? .required : .automatic
    }

    private static func name(of written: JSONValue) -> String? {
        written["function"]?["name"]?.text ?? written["name"]?.text
    }

    private static func check(_ name: String, at place: String, among tools: [Tool]) throws {
        guard !tools.contains(where: { $0.name == name }) else { return }
        let meant = NearestName.of(name, among: tools.map(\.name)).map { "Did you mean \($0)?" }
        throw Fault(
            .invalidRequest, place, "there is no tool \"\(name.prefix(80))\"",
            expected: meant ?? "One of tools is expected")
    }
}
