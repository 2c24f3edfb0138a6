import Core

/// The body of a chat completion as OpenAI defines it, read strictly where a slip would change the answer.
///
/// What Muster does not interpret stays in the question's `extra` and goes to experts that speak the same format.
struct ChatRequest {
    var model: String
    var question: Question
    var wishes: Wishes
    /// Whether the answer comes piece by piece.
    var isStreamed: Bool
    /// Whether a stream ends with the tokens it took.
    var includesUsage: Bool
    /// Whether the client wants the trace in the answer.
    var wantsTrace: Bool

    init(_ body: JSONValue) throws {
        var fields = try RequestFields(body, at: "")
        guard let model = try fields.text("model"), !model.isEmpty else {
            throw Fault(
                .invalidRequest, "model", "it is missing", expected: "The name of a route or an expert is expected",
                hint: "auto is always there; GET /v1/models lists all")
        }
        self.model = String(model.prefix(256))
        let messages = try ChatMessages.read(fields.take("messages"))
        let sampling = try ChatSampling.read(&fields)
        isStreamed = try fields.flag("stream") ?? false
        includesUsage = try Self.includesUsage(&fields, isStreamed: isStreamed)
        try Unsupported.refuse(&fields)
        var muster = try RequestFields(fields.take("muster") ?? .object([:]), at: "muster")
        wishes = Wishes(
            seed: try muster.whole("seed", 0...(1 << 53) - 1).map(UInt64.init), seats: try muster.whole("seats", 1...64)
        )
        wantsTrace = try muster.flag("explain") ?? false
        try muster.refuseOthers(known: ["seed", "seats", "explain"])
        question = Question(messages: messages, sampling: sampling, extra: fields.left)
    }

    private static func includesUsage(_ fields: inout RequestFields, isStreamed: Bool) throws -> Bool {
        guard let written = fields.take("stream_options") else { return false }
        guard isStreamed else {
            throw Fault(
                .invalidRequest, "stream_options", "it is set, but the answer is not streamed",
                hint: "Set stream to true, or leave it out")
        }
        var options = try RequestFields(written, at: "stream_options")
        return try options.flag("include_usage") ?? false
    }
}
