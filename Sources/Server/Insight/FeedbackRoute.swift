import Core
import Hummingbird

/// `POST /v1/feedback`: how good the answer of an earlier question was. A second word on the same answer replaces the
/// first.
struct FeedbackRoute: Sendable {
    let store: any FeedbackStore
    let traces: OwnTraces
    let limits: RequestLimits
    /// Whether comments are kept.
    let keepsText: Bool
    let time: TimeSource

    /// What was kept, as the client is told.
    private struct Receipt: Encodable {
        var traceId: String
        var score: Double
        /// Absent where text is not kept.
        var comment: String?
        var at: Timestamp
    }

    func respond(to request: Request) async throws -> Response {
        let written = try read(try await limits.json(of: request))
        let feedback = keepsText ? written : written.withoutText
        if Asker.current != nil, try await traces.trace(feedback.trace) == nil {
            throw Fault.unknownTrace(feedback.trace)
        }
        try await store.keep(feedback)
        return .json(
            try JSONText.of(
                Receipt(
                    traceId: feedback.trace, score: feedback.score, comment: feedback.comment, at: feedback.at)))
    }

    private func read(_ body: JSONValue) throws -> Feedback {
        var fields = try RequestFields(body, at: "")
        let (long, short) = (try fields.text("trace_id"), try fields.text("id"))
        guard long == nil || short == nil else {
            throw Fault(
                .invalidRequest, "id", "it stands beside trace_id", expected: "One of both is expected",
                hint: "They mean the same")
        }
        guard let written = long ?? short, !written.isEmpty else {
            throw Fault(
                .invalidRequest, "trace_id", "it is missing", expected: "The id of an answer is expected",
                hint: "An answer's id or its header x-muster-trace-id tells it")
        }
        guard let score = try fields.number("score", 0...1) else {
            throw Fault(
                .invalidRequest, "score", "it is missing", expected: "A number from 0 to 1 is expected",
                hint: "0 is useless, 1 is just right")
        }
        let comment = try fields.text("comment")
        if comment?.utf8.contains(0) == true {
            throw Fault(.invalidRequest, "comment", "the text holds a NUL character", hint: "Remove it")
        }
        try fields.refuseOthers(known: ["trace_id", "id", "score", "comment"])
        return try Feedback(
            trace: Feedback.traceID(in: written), score: score, comment: comment, at: time.timestamp())
    }
}
