import Core
import HTTPTypes

/// The body of Anthropic's Messages API, read into a question for any expert.
///
/// What has no counterpart elsewhere is read and left: `thinking`, cache marks, betas. What would change the answer and
/// cannot be done is refused.
struct MessagesRequest {
    var model: String
    var question: Question
    var wishes: Wishes
    var isStreamed: Bool
    /// Whether the client wants the trace in the answer.
    var wantsTrace: Bool

    /// Whether a limit of tokens has to be there: not for counting alone.
    enum Limit { case required, optional }

    init(_ body: JSONValue, headers: HTTPFields = [:], limit: Limit = .required) throws {
        var fields = try RequestFields(body, at: "")
        let model = try fields.text("model")
        let maximum = try fields.whole("max_tokens", 1...10_000_000)
        guard limit == .optional || maximum != nil else {
            throw Fault(
                .invalidRequest, "max_tokens", "it is missing",
                expected: "The most tokens of the answer are expected, 1 or more")
        }
        let system = try MessagesContent.system(fields.take("system"))
        let messages = try MessagesContent.conversation(fields.take("messages"))
        var question = Question(messages: system + messages)
        question.sampling = Sampling(
            temperature: try fields.number("temperature", 0...1), topP: try fields.number("top_p", 0...1),
            maximumTokens: maximum, stop: try Self.stops(fields.take("stop_sequences")))
        question.output = try MessagesOutput.read(&fields)
        // Under the names of OpenAI's format and its relatives, which experts read.
        if let count = try fields.whole("top_k", 0...10_000_000) { question.extra["top_k"] = .integer(count) }
        if let user = fields.take("metadata")?["user_id"]?.text { question.extra["user"] = .string(user) }
        isStreamed = try fields.flag("stream") ?? false
        try Self.refuseServices(&fields)
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
    }

    /// The tokens of the question, as far as they can be told without a model: four bytes each.
    var estimatedTokens: Int { question.estimatedTokens }

    private static func stops(_ written: JSONValue?) throws -> [String] {
        guard let written else { return [] }
        guard let elements = written.elements, elements.count <= ChatSampling.mostStops else {
            throw RequestFields.wrong(
                "stop_sequences", written, expected: "A list of at most \(ChatSampling.mostStops) strings is expected")
        }
        return try elements.enumerated().map { index, element in
            guard let text = element.text, (1...ChatSampling.longestStop).contains(text.unicodeScalars.count) else {
                throw RequestFields.wrong(
                    "stop_sequences[\(index)]", element,
                    expected: "A string of 1 to \(ChatSampling.longestStop) characters is expected")
            }
            return text
        }
    }

    /// What Anthropic's own servers would do besides answering.
    private static func refuseServices(_ fields: inout RequestFields) throws {
        for name in ["mcp_servers", "container"] {
            guard let value = fields.take(name), value.elements?.isEmpty != true else { continue }
            throw Fault(
                .unsupported, name, "only Anthropic's own servers do this", hint: "Leave it out, or offer tools")
        }
    }
}
