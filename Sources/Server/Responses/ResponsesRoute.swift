import Core
import Hummingbird

/// `POST /v1/responses`: OpenAI's Responses API without memory, onto any route or expert.
struct ResponsesRoute: Sendable {
    let service: any AnswerService
    let limits: RequestLimits
    let display: ServiceOptions.TraceDisplay
    let courier: AnswerCourier

    func respond(
        to request: Request, for client: ClientPresence, _ record: RequestRecord
    ) async throws -> Response {
        let asked = try ResponsesRequest(try await limits.json(of: request), headers: request.headers)
        let showsTrace = try display.shows(wanted: asked.wantsTrace)
        let service = service
        let begin: AnswerCourier.Beginning = {
            try await service.answer(
                asked.question, model: asked.model, wishes: asked.wishes,
                delivery: asked.isStreamed ? .streamed : .whole)
        }
        guard asked.isStreamed else {
            return try await courier.whole(begin) { answer, trace in
                ResponseText(trace: trace, model: asked.model, echo: asked.echo).whole(
                    answer, muster: showsTrace ? try MusterMember(trace).json() : nil)
            }
        }
        return try await courier.stream(for: client, record, begin) { decided in
            ResponsesScript(
                text: ResponseText(trace: decided, model: asked.model, echo: asked.echo), showsTrace: showsTrace,
                tellsProbabilities: asked.question.output.tokenProbabilities != nil)
        }
    }
}
