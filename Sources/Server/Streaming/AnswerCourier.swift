import Core
import HTTPTypes
import Hummingbird

/// Brings an answer to its client, whole or piece by piece, whichever format the client speaks.
struct AnswerCourier: Sendable {
    /// How an answer begins; the decision stands by then.
    typealias Beginning = @Sendable () async throws -> AnswerFlow

    let headers: TraceHeaders
    /// Of the streams.
    let silence: SilenceWatch

    /// Waits for the answer and sends it as one body.
    func whole(_ begin: Beginning, body: (Answer, Trace) throws -> [UInt8]) async throws -> Response {
        let flow = try await begin()
        let headers = headers.of(flow.decided)
        do {
            let (answer, trace) = try await flow.settled()
            return .json(try body(answer, trace), headers: headers)
        } catch {
            throw Self.refusal(error, with: headers)
        }
    }

    /// Sends the answer as events, from the first one on.
    ///
    /// The first event is awaited, but not longer than a stream may be silent: an expert that fails at once is told as
    /// an HTTP error, and a slow panel does not keep the client without a byte.
    func stream(
        for client: ClientPresence, _ record: RequestRecord, _ begin: Beginning,
        script: @Sendable (_ decided: Trace) -> any AnswerScript
    ) async throws -> Response {
        let flow = try await begin()
        let events = PacedEvents(flow, silence: silence, on: client.executor)
        let first = await events.next()
        let decided = flow.decided
        var headers = headers.of(decided)
        if case .failed(let error) = first { throw Self.refusal(error, with: headers) }
        headers[.contentType] = "text/event-stream"
        headers[.cacheControl] = "no-cache"
        headers[.accelBuffering] = "no"
        var record = record
        record.note(trace: decided.id)
        let stream = AnswerStreaming(
            events: events, first: first, script: script(decided), client: client, record: record)
        return Response(status: .ok, headers: headers, body: stream.body)
    }

    /// A refusal after the decision tells the decision too.
    private static func refusal(_ error: any Error, with headers: HTTPFields) -> Refusal {
        var refusal = Refusal(any: error)
        for field in headers where !refusal.headers.contains(field.name) { refusal.headers.append(field) }
        return refusal
    }
}
