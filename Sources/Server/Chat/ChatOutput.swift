import Core

/// Reads what a chat wants of its answer beyond text: tools, a form, probabilities.
enum ChatOutput {
    /// The most tools of one question.
    static let mostTools = 512

    static func read(_ fields: inout RequestFields) throws -> OutputWishes {
        try refuseFunctions(&fields)
        var output = OutputWishes()
        output.tools = try tools(fields.take("tools"))
        output.toolChoice = try ToolChoiceReading.read(fields.take("tool_choice"), among: &output.tools)
        output.parallelCalls = try fields.flag("parallel_tool_calls")
        output.form = try form(fields.take("response_format"))
        let wants = try fields.flag("logprobs") ?? false
        let likeliest = try fields.whole("top_logprobs", 0...20)
        if let likeliest, likeliest > 0, !wants {
            throw Fault(
                .invalidRequest, "top_logprobs", "it is set, but logprobs is not", hint: "Set logprobs to true")
        }
        output.tokenProbabilities = wants ? likeliest ?? 0 : nil
        return output
    }

    /// The names that tools had before they were tools.
    private static func refuseFunctions(_ fields: inout RequestFields) throws {
        if let value = fields.take("functions"), value.elements?.isEmpty != true {
            throw Fault(
                .unsupported, "functions", "this older form is not taken", hint: "Send the same functions as tools")
        }
        if let value = fields.take("function_call"), !["none", "auto"].contains(value.text) {
            throw Fault(
                .unsupported, "function_call", "this older form is not taken", hint: "Send it as tool_choice")
        }
    }

    private static func tools(_ written: JSONValue?) throws -> [Tool] {
        guard let written else { return [] }
        guard let elements = written.elements, elements.count <= mostTools else {
            throw RequestFields.wrong("tools", written, expected: "A list of at most \(mostTools) tools is expected")
        }
        return try elements.enumerated().map { try tool($1, at: "tools[\($0)]") }
    }

    private static func tool(_ value: JSONValue, at place: String) throws -> Tool {
        var fields = try RequestFields(value, at: place)
        let type = try fields.text("type") ?? "function"
        guard type == "function" else {
            throw Fault(
                .unsupported, fields.path("type"), "tools of type \"\(type.prefix(40))\" are not supported",
                expected: "function is expected")
        }
        var function = try RequestFields(fields.take("function") ?? .null, at: fields.path("function"))
        return try tool(of: &function)
    }

    /// `{"name": …, "description": …, "parameters": …, "strict": …}`
    static func tool(of function: inout RequestFields) throws -> Tool {
        guard let name = try function.text("name"), (1...128).contains(name.unicodeScalars.count) else {
            throw Fault(
                .invalidRequest, function.path("name"), "it is missing, empty or longer than 128 characters",
                expected: "The name of the function is expected")
        }
        let parameters = function.take("parameters")
        if let parameters, parameters.members == nil {
            throw RequestFields.wrong(
                function.path("parameters"), parameters, expected: "A JSON schema, an object, is expected")
        }
        return Tool(
            name: name, summary: try function.text("description"), parameters: parameters,
            isStrict: try function.flag("strict"))
    }

    /// - Parameter place: where it stands in the body.
    static func form(_ written: JSONValue?, at place: String = "response_format") throws -> AnswerForm? {
        guard let written else { return nil }
        var fields = try RequestFields(written, at: place)
        switch try fields.text("type") {
        case "text": return nil
        case "json_object":
            // llama.cpp's shorter way.
            guard let schema = fields.take("schema") else { return .json }
            return .schema(name: "answer", schema: schema, isStrict: nil)
        case "json_schema":
            var inner = try RequestFields(
                fields.take("json_schema") ?? .object(fields.left), at: fields.path("json_schema"))
            guard let schema = inner.take("schema"), schema.members != nil else {
                throw Fault(
                    .invalidRequest, inner.path("schema"), "it is missing or no object",
                    expected: #"{"type": "json_schema", "json_schema": {"name": …, "schema": {…}}} is expected"#)
            }
            return .schema(name: try inner.text("name") ?? "answer", schema: schema, isStrict: try inner.flag("strict"))
        case let other:
            throw Fault(
                .invalidRequest, fields.path("type"),
                other.map { "there is no form \"\($0.prefix(40))\"" } ?? "it is missing",
                expected: "text, json_object or json_schema is expected")
        }
    }
}
