import Core
import Hummingbird

/// `POST /v1/messages` and `POST /v1/messages/count_tokens`: questions in Anthropic's format, onto any route or expert.
struct MessagesRoute: Sendable {
    let service: any AnswerService
    let limits: RequestLimits
    let display: ServiceOptions.TraceDisplay
    let courier: AnswerCourier

    func respond(
        to request: Request, for client: ClientPresence, _ record: RequestRecord
    ) async throws -> Response {
        let asked = try MessagesRequest(try await limits.json(of: request), headers: request.headers)
        let showsTrace = try display.shows(wanted: asked.wantsTrace)
        let service = service
        let begin: AnswerCourier.Beginning = {
            try await service.answer(
                asked.question, model: asked.model, wishes: asked.wishes,
                delivery: asked.isStreamed ? .streamed : .whole)
        }
        guard asked.isStreamed else {
            return try await courier.whole(begin) { answer, trace in
                try MessageText(trace: trace, model: asked.model).whole(
                    answer, muster: showsTrace ? MusterMember(trace).json() : nil)
            }
        }
        return try await courier.stream(for: client, record, begin) { decided in
            MessagesScript(
                text: MessageText(trace: decided, model: asked.model), estimatedTokens: asked.estimatedTokens,
                showsTrace: showsTrace)
        }
    }

    /// Counts without asking anyone: an estimate, since only the expert's own tokeniser knows.
    func count(_ request: Request) async throws -> Response {
        let asked = try MessagesRequest(
            try await limits.json(of: request), headers: request.headers, limit: .optional)
        guard service.models().contains(where: { $0.id == asked.model }) else {
            throw Fault.unknown(
                .unknownModel, "model", named: String(asked.model.prefix(80)), among: service.models().map(\.id),
                hint: "GET /v1/models lists all")
        }
        return .json(#"{"input_tokens":\#(asked.estimatedTokens)}"#)
    }
}
