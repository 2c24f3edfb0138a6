import Core

/// What is wanted of an answer beyond text, as members of Anthropic's body.
struct AnthropicOutput {
    private let wishes: OutputWishes

    init(_ wishes: OutputWishes) { self.wishes = wishes }

    var members: [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        if !wishes.tools.isEmpty {
            members["tools"] = .array(wishes.tools.map(Self.tool))
            members["tool_choice"] = choice
        }
        if case .schema(_, let schema, _) = wishes.form {
            members["output_config"] = .object([
                "format": .object(["type": .string("json_schema"), "schema": schema])
            ])
        }
        return members
    }

    private static func tool(_ tool: Tool) -> JSONValue {
        var members: [String: JSONValue] = ["name": .string(tool.name), "input_schema": .object(schema(of: tool))]
        members["description"] = tool.summary.map(JSONValue.string)
        members["strict"] = tool.isStrict.map(JSONValue.bool)
        return .object(members)
    }

    /// The arguments' schema, which has to say that they are an object.
    private static func schema(of tool: Tool) -> [String: JSONValue] {
        guard var schema = tool.parameters?.members else {
            return ["type": .string("object"), "properties": .object([:])]
        }
        if schema["type"] ?? .null == .null { schema["type"] = .string("object") }
        return schema
    }

    private var choice: JSONValue? {
        var members: [String: JSONValue] = [:]
        switch wishes.toolChoice {
        case .automatic: members["type"] = .string("auto")
        case nil: if wishes.parallelCalls == false { members["type"] = .string("auto") }
        case ToolChoice.none?: return .object(["type": .string("none")])
        case .required: members["type"] = .string("any")
        case .named(let name): members = ["type": .string("tool"), "name": .string(name)]
        }
        if wishes.parallelCalls == false { members["disable_parallel_tool_use"] = .bool(true) }
        return members.isEmpty ? nil : .object(members)
    }
}
