import Core
import HTTPTypes
import Hummingbird

/// `POST /v1/chat/completions`: a question in OpenAI's format, answered whole or piece by piece.
struct ChatRoute: Sendable {
    let service: any AnswerService
    let limits: RequestLimits
    let display: ServiceOptions.TraceDisplay
    let courier: AnswerCourier

    func respond(
        to request: Request, for client: ClientPresence, _ record: RequestRecord
    ) async throws -> Response {
        let chat = try ChatRequest(try await limits.body(of: request), headers: request.headers)
        let showsTrace = try display.shows(wanted: chat.wantsTrace)
        let several = chat.count > 1 && !chat.isStreamed ? SeveralAnswers(chat, of: service) : nil
        let delivery: Delivery = chat.isStreamed ? .streamed : .whole
        let service = service
        let begin: AnswerCourier.Beginning = {
            if let several { return try await several.flow() }
            if chat.count > 1 { return try await SeveralStreams(chat, of: service).flow() }
            return try await service.answer(chat.question, model: chat.model, wishes: chat.wishes, delivery: delivery)
        }
        guard chat.isStreamed else {
            return try await courier.whole(begin) { answer, trace in
                try ChatResponse(
                    answers: several?.answers ?? [answer], trace: trace, model: chat.model, showsTrace: showsTrace
                ).json()
            }
        }
        return try await courier.stream(for: client, record, begin) { decided in
            ChatScript(
                chunk: ChatChunk(trace: decided, model: chat.model, includesUsage: chat.includesUsage),
                includesUsage: chat.includesUsage, showsTrace: showsTrace)
        }
    }
}

extension ServiceOptions.TraceDisplay {
    /// Whether the trace stands in an answer.
    ///
    /// - Throws: `unsupported` if the client wants it and this server does not show it.
    func shows(wanted: Bool) throws -> Bool {
        if wanted, self == .never {
            throw Fault(
                .unsupported, "muster.explain", "this server does not show traces", hint: "Leave it out")
        }
        return wanted || self == .body
    }
}
