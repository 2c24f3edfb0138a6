import Core
import HTTPTypes

/// The body of a chat completion as OpenAI defines it, read strictly where a slip would change the answer.
///
/// What Muster does not interpret stays in the question's `extra`, and the body as a whole in its `original`, for
/// experts that speak the same format.
struct ChatRequest {
    /// More answers to one question are refused.
    static let mostAnswers = 16

    var model: String
    var question: Question
    var wishes: Wishes
    /// How many answers are wanted.
    var count: Int
    /// Whether the answer comes piece by piece.
    var isStreamed: Bool
    /// Whether a stream ends with the tokens it took.
    var includesUsage: Bool
    /// Whether the client wants the trace in the answer.
    var wantsTrace: Bool

    /// - Parameter headers: may hold wishes, `x-muster-…`, which those of the body replace.
    init(_ body: RequestLimits.Body, headers: HTTPFields = [:]) throws {
        var fields = try RequestFields(body.value, at: "")
        let named = try fields.text("model")
        let muster = try MusterWishes(fields.take("muster"), headers: headers)
        wishes = muster.wishes
        wantsTrace = muster.wantsTrace
        guard let model = muster.route ?? named, !model.isEmpty else {
            throw Fault(
                .invalidRequest, "model", "it is missing", expected: "The name of a route or an expert is expected",
                hint: "auto is always there; GET /v1/models lists all")
        }
        self.model = String(model.prefix(256))
        let messages = try ChatMessages.read(fields.take("messages"))
        var sampling = try ChatSampling.read(&fields)
        isStreamed = try fields.flag("stream") ?? false
        includesUsage = try Self.includesUsage(&fields, isStreamed: isStreamed)
        let output = try ChatOutput.read(&fields)
        count = try fields.whole("n", 1...Self.mostAnswers) ?? 1
        // Several answers to one question should differ.
        if count > 1, sampling.temperature == nil { sampling.temperature = 1 }
        question = Question(
            messages: messages, sampling: sampling, output: output, extra: fields.left,
            original: OriginalBody(body.bytes, members: body.members))
        question.steering = muster.steering
    }

    /// The question for one of several answers: with a seed of its own, if there is one.
    func question(forAnswer index: Int) -> Question {
        guard index > 0 else { return question }
        var asked = question
        asked.sampling.seed = question.sampling.seed.map { $0 &+ index }
        return asked
    }

    /// The wishes for one of several answers: another draw of experts.
    func wishes(forAnswer index: Int) -> Wishes {
        guard index > 0 else { return wishes }
        var wished = wishes
        // An answer that was kept is one answer, not several.
        wished.takesKept = false
        wished.seed = wishes.seed.map { SeededRandom.derived(from: $0, index: UInt64(index)) & ((1 << 53) - 1) }
        return wished
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
