import Core

/// What is wanted of an answer beyond text, as members of OpenAI's body.
struct OpenAIOutput {
    private let wishes: OutputWishes

    init(_ wishes: OutputWishes) { self.wishes = wishes }

    var members: [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        // How tools are called may only be said where there are some.
        if !wishes.tools.isEmpty {
            members["tools"] = .array(wishes.tools.map(Self.tool))
            members["tool_choice"] = wishes.toolChoice.map(Self.choice)
            members["parallel_tool_calls"] = wishes.parallelCalls.map(JSONValue.bool)
        }
        members["response_format"] = wishes.form.map(Self.form)
        if let count = wishes.tokenProbabilities {
            members["logprobs"] = .bool(true)
            members["top_logprobs"] = .integer(count)
        }
        return members
    }

    /// The tool as OpenAI describes it; Ollama took the same form over.
    static func tool(_ tool: Tool) -> JSONValue {
        var function: [String: JSONValue] = ["name": .string(tool.name)]
        function["description"] = tool.summary.map(JSONValue.string)
        function["parameters"] = tool.parameters
        function["strict"] = tool.isStrict.map(JSONValue.bool)
        return .object(["type": .string("function"), "function": .object(function)])
    }

    private static func choice(_ choice: ToolChoice) -> JSONValue {
        switch choice {
        case .automatic: .string("auto")
        case .none: .string("none")
        case .required: .string("required")
        case .named(let name):
            .object(["type": .string("function"), "function": .object(["name": .string(name)])])
        }
    }

    private static func form(_ form: AnswerForm) -> JSONValue {
        switch form {
        case .json: return .object(["type": .string("json_object")])
        case .schema(let name, let schema, let isStrict):
            var inner: [String: JSONValue] = ["name": .string(name), "schema": schema]
            inner["strict"] = isStrict.map(JSONValue.bool)
            return .object(["type": .string("json_schema"), "json_schema": .object(inner)])
        }
    }
}
