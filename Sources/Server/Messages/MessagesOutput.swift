import Core

/// Reads what a request in Anthropic's format wants beyond text: tools, and a form for the answer.
enum MessagesOutput {
    static func read(_ fields: inout RequestFields) throws -> OutputWishes {
        var output = OutputWishes()
        output.tools = try tools(fields.take("tools"))
        if let choice = fields.take("tool_choice") { try read(choice, into: &output) }
        let config = fields.take("output_config")
        let form = config?["format"] ?? fields.take("output_format")
        if let form, form != .null {
            output.form = try ChatOutput.form(
                form, at: config == nil ? "output_format" : "output_config.format")
        }
        return output
    }

    private static func tools(_ written: JSONValue?) throws -> [Tool] {
        guard let written else { return [] }
        guard let elements = written.elements, elements.count <= ChatOutput.mostTools else {
            throw RequestFields.wrong(
                "tools", written, expected: "A list of at most \(ChatOutput.mostTools) tools is expected")
        }
        return try elements.enumerated().map { index, value in
            var fields = try RequestFields(value, at: "tools[\(index)]")
            let type = try fields.text("type") ?? "custom"
            guard type == "custom" else {
                throw Fault(
                    .unsupported, fields.path("type"), "tools of type \"\(type.prefix(40))\" are not supported",
                    expected: "custom is expected, with name and input_schema")
            }
            guard let name = try fields.text("name"), (1...128).contains(name.unicodeScalars.count) else {
                throw Fault(
                    .invalidRequest, fields.path("name"), "it is missing, empty or longer than 128 characters",
                    expected: "The name of the tool is expected")
            }
            let schema = fields.take("input_schema")
            if let schema, schema.members == nil {
                throw RequestFields.wrong(
                    fields.path("input_schema"), schema, expected: "A JSON schema, an object, is expected")
            }
            return Tool(
                name: name, summary: try fields.text("description"), parameters: schema,
                isStrict: try fields.flag("strict"))
        }
    }

    private static func read(_ written: JSONValue, into output: inout OutputWishes) throws {
        var fields = try RequestFields(written, at: "tool_choice")
        if try fields.flag("disable_parallel_tool_use") == true { output.parallelCalls = false }
        switch try fields.text("type") {
        case "auto": output.toolChoice = .automatic
        case "any": output.toolChoice = .required
        case "none": output.toolChoice = ToolChoice.none
        case "tool":
            let name = try fields.text("name") ?? ""
            guard output.tools.contains(where: { $0.name == name }) else {
                let meant = NearestName.of(name, among: output.tools.map(\.name)).map { "Did you mean \($0)?" }
                throw Fault(
                    .invalidRequest, "tool_choice.name", "there is no tool \"\(name.prefix(80))\"",
                    expected: meant ?? "One of tools is expected")
            }
            output.toolChoice = .named(name)
        case let other:
            throw Fault(
                .invalidRequest, "tool_choice.type",
                other.map { "there is no choice \"\($0.prefix(40))\"" } ?? "it is missing",
                expected: "auto, any, tool or none is expected")
        }
    }
}
