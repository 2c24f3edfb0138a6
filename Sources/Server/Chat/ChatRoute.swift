import Core
import HTTPTypes
import Hummingbird

/// `POST /v1/chat/completions`: a question in OpenAI's format, answered whole or piece by piece.
struct ChatRoute: Sendable {
    let service: any AnswerService
    let limits: RequestLimits
    let display: ServiceOptions.TraceDisplay
    let headers: TraceHeaders
    /// The longest silence in a stream.
    let keepAlive: Duration
    let time: TimeSource

    func respond(
        to request: Request, for client: ClientPresence, _ record: RequestRecord
    ) async throws -> Response {
        let chat = try ChatRequest(try await limits.body(of: request), headers: request.headers)
        if chat.wantsTrace, display == .never {
            throw Fault(
                .unsupported, "muster.explain", "this server does not show traces", hint: "Leave it out")
        }
        return chat.isStreamed
            ? try await stream(chat, for: client, record) : try await client.whilePresent { try await whole(chat) }
    }

    private func whole(_ chat: ChatRequest) async throws -> Response {
        let several = chat.count > 1 ? SeveralAnswers(chat, of: service) : nil
        let flow = try await flow(chat, several, .whole)
        let headers = try headers.of(flow.decided)
        do {
            let (answer, trace) = try await flow.settled()
            let body = ChatResponse(
                answers: several?.answers ?? [answer], trace: trace, model: chat.model, showsTrace: showsTrace(chat))
            return .json(try body.json(), headers: headers)
        } catch {
            throw Self.refusal(error, with: headers)
        }
    }

    private func flow(
        _ chat: ChatRequest, _ several: SeveralAnswers?, _ delivery: Delivery
    ) async throws -> AnswerFlow {
        if let several { return try await several.flow() }
        return try await service.answer(chat.question, model: chat.model, wishes: chat.wishes, delivery: delivery)
    }

    private func stream(
        _ chat: ChatRequest, for client: ClientPresence, _ record: RequestRecord
    ) async throws -> Response {
        // The first event is awaited, but not longer than a stream may be silent: an expert that fails at once is told
        // as an HTTP error, and a slow panel does not keep the client without a byte.
        let several = chat.count > 1 ? SeveralAnswers(chat, of: service) : nil
        let (events, first, decided) = try await client.whilePresent {
            let flow = try await flow(chat, several, .streamed)
            let events = PacedEvents(flow, silence: keepAlive, time: time)
            return (events, await events.next(), flow.decided)
        }
        var headers = try headers.of(decided)
        if case .failed(let error) = first { throw Self.refusal(error, with: headers) }
        headers[.contentType] = "text/event-stream"
        headers[.cacheControl] = "no-cache"
        headers[.accelBuffering] = "no"
        var record = record
        record.note(trace: decided.id)
        let stream = ChatStream(
            events: events, first: first,
            script: ChatScript(
                chunk: ChatChunk(trace: decided, model: chat.model, includesUsage: chat.includesUsage),
                includesUsage: chat.includesUsage, showsTrace: showsTrace(chat), several: several),
            client: client, record: record)
        return Response(status: .ok, headers: headers, body: stream.body)
    }

    private func showsTrace(_ chat: ChatRequest) -> Bool { chat.wantsTrace || display == .body }

    /// A refusal after the decision tells the decision too.
    private static func refusal(_ error: any Error, with headers: HTTPFields) -> Refusal {
        var refusal = Refusal(any: error)
        for field in headers where !refusal.headers.contains(field.name) { refusal.headers.append(field) }
        return refusal
    }
}
