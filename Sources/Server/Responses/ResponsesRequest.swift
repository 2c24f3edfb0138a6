import Core
import HTTPTypes

/// The body of OpenAI's Responses API, read into a question. Nothing is kept between requests: the client sends the
/// whole conversation each time.
struct ResponsesRequest {
    var model: String
    var question: Question
    var wishes: Wishes
    var isStreamed: Bool
    var wantsTrace: Bool
    /// What the answer repeats of the request, as JSON by name.
    var echo: [String: JSONValue]

    init(_ body: JSONValue, headers: HTTPFields = [:]) throws {
        var fields = try RequestFields(body, at: "")
        try Self.refuseState(&fields)
        let model = try fields.text("model")
        let instructions = try fields.text("instructions")
        let system = instructions.map { [Message(.system, $0)] } ?? []
        var question = Question(messages: system + (try ResponsesInput.read(fields.take("input"))))
        echo = Self.echoed.reduce(into: [:]) { $0[$1] = fields.left[$1] ?? .null }
        question.sampling = Sampling(
            temperature: try fields.number("temperature", 0...2), topP: try fields.number("top_p", 0...1),
            maximumTokens: try fields.whole("max_output_tokens", 1...10_000_000))
        question.output = try Self.output(&fields, extra: &question.extra)
        for name in Self.passedOn { question.extra[name] = fields.take(name) }
        isStreamed = try fields.flag("stream") ?? false
        let muster = try MusterWishes(fields.take("muster"), headers: headers)
        wishes = muster.wishes
        wantsTrace = muster.wantsTrace
        question.steering = muster.steering
        guard let model = muster.route ?? model, !model.isEmpty else {
            throw Fault(
                .invalidRequest, "model", "it is missing", expected: "The name of a route or an expert is expected",
                hint: "auto is always there; GET /v1/models lists all")
        }
        self.model = String(model.prefix(256))
        self.question = question
        echo["instructions"] = instructions.map(JSONValue.string) ?? .null
    }

    /// Members that chat completions know by the same name; experts of that format get them.
    private static let passedOn = ["user", "safety_identifier", "prompt_cache_key", "service_tier"]

    private static let echoed = [
        "max_output_tokens", "metadata", "parallel_tool_calls", "reasoning", "temperature", "text", "tool_choice",
        "tools", "top_p", "truncation", "user",
    ]

    /// What would have to be kept here from one request to the next.
    private static func refuseState(_ fields: inout RequestFields) throws {
        for name in ["previous_response_id", "conversation", "prompt"] {
            guard fields.take(name) != nil else { continue }
            throw Fault(
                .unsupported, name, "nothing is kept between requests",
                hint: "Leave it out, and send the whole conversation in input")
        }
        for name in ["store", "background"] where try fields.flag(name) == true {
            throw Fault(.unsupported, name, "responses are not kept", hint: "Set \(name) to false, or leave it out")
        }
    }

    private static func output(
        _ fields: inout RequestFields, extra: inout [String: JSONValue]
    ) throws -> OutputWishes {
        var output = OutputWishes()
        output.tools = try tools(fields.take("tools"))
        output.toolChoice = try ToolChoiceReading.read(fields.take("tool_choice"), among: &output.tools)
        output.parallelCalls = try fields.flag("parallel_tool_calls")
        if let written = fields.take("text") {
            var text = try RequestFields(written, at: "text")
            output.form = try ChatOutput.form(text.take("format"), at: "text.format")
            extra["verbosity"] = text.take("verbosity")
        }
        if let written = fields.take("reasoning") {
            var reasoning = try RequestFields(written, at: "reasoning")
            extra["reasoning_effort"] = try reasoning.text("effort").map(JSONValue.string)
        }
        let included = fields.take("include")?.elements ?? []
        let likeliest = try fields.whole("top_logprobs", 0...20)
        if included.contains(.string("message.output_text.logprobs")) { output.tokenProbabilities = likeliest ?? 0 }
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
            let type = try fields.text("type") ?? "function"
            guard type == "function" else {
                throw Fault(
                    .unsupported, fields.path("type"), "tools of type \"\(type.prefix(40))\" are not supported",
                    expected: "function is expected", hint: "Muster runs no tools: offer functions of your own")
            }
            return try ChatOutput.tool(of: &fields)
        }
    }
}
