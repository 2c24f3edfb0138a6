import Core
import Hummingbird

/// `POST /v1/route`: decides who would be asked, and asks nobody. Takes the body of a chat.
struct DecisionRoute: Sendable {
    let service: any AnswerService
    let limits: RequestLimits
    let headers: TraceHeaders

    func respond(to request: Request) async throws -> Response {
        let chat = try ChatRequest(try await limits.body(of: request), headers: request.headers)
        var trace = try await service.decide(chat.question, model: chat.model, wishes: chat.wishes)
        trace.recruitment = trace.recruitment.inOwnWords
        return .json(try JSONText.of(trace), headers: headers.of(trace))
    }
}
