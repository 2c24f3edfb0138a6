import Core
import HTTPTypes
import Hummingbird
import NIOCore
import Pipeline
import Synchronization

/// Tells a client that wants a stream where it stands in the admission queue, in comments of the stream itself: nothing on
/// the way then takes the silence for an end.
///
/// Whoever gets a place within `patience`, or is refused within it, is answered as ever, with a status of its own. After
/// that the stream has begun with 200, and a refusal is an event like any failure in a stream. Only requests with a short
/// body are looked into before they have a place: the bodies of those that wait are bounded together.
struct StreamQueue: Sendable {
    /// Bodies that are held while their requests wait.
    final class Held: Sendable {
        private let bytes = Mutex(0)

        /// False if there is no room.
        fileprivate func take(_ count: Int) -> Bool {
            bytes.withLock { bytes in
                guard bytes + count <= StreamQueue.mostHeld else { return false }
                bytes += count
                return true
            }
        }

        fileprivate func giveBack(_ count: Int) { bytes.withLock { $0 -= count } }
    }

    /// A longer body is read only when its request has a place, in bytes.
    static let longestBody = 256 << 10
    /// The most that bodies of waiting requests hold together, in bytes.
    static let mostHeld = 64 << 20
    /// How long a request waits before its stream begins with comments.
    static let patience = Duration.seconds(1)
    /// From one look at the place in the queue to the next.
    static let pause = Duration.seconds(1)

    typealias Answering = @Sendable (Request) async throws -> Response

    let admission: AdmissionQueue
    let held: Held
    let limits: RequestLimits
    /// The longest silence.
    let keepAlive: Duration
    let time: TimeSource

    /// Waits for a place and answers, or begins a stream that tells how it waits. What is waited is of the question's own
    /// time, as far as its header or a body that is looked into says one.
    func respond(
        to request: Request, at endpoint: Endpoint, for client: ClientPresence, _ record: RequestRecord,
        _ answering: @escaping Answering
    ) async throws -> Response {
        let arrived = time.now()
        let answer: Answering = { request in
            try await QuestionArrival.$current.withValue(arrived) { try await answering(request) }
        }
        let patient = request.headers[.musterMaximumSeconds].flatMap(Double.init)
        let size = request.headers[.contentLength].flatMap { Int($0) } ?? .max
        guard endpoint.streams, size <= Self.longestBody, held.take(size) else {
            let place = try await admission.admit(client, by: Self.deadline(patient, from: arrived))
            return try await answer(request).holding(place)
        }
        let room = Room(size, of: held)
        var request = request
        let bytes = try await limits.bytes(of: request)
        request.body = RequestBody(buffer: ByteBuffer(bytes: bytes))
        let wishes = QueuedWishes(bytes)
        let wait = Waiting(admission, client, by: Self.deadline(wishes.seconds ?? patient, from: arrived))
        let patience = wishes.isStream ? Self.patience : nil
        if let place = try await wait.place(within: patience, time) {
            withExtendedLifetime(room) {}
            return try await answer(request).holding(place)
        }
        return stream(wait, client, record, endpoint.dialect, room) { [request] in try await answer(request) }
    }

    /// A response that begins while its request waits.
    private func stream(
        _ wait: Waiting, _ client: ClientPresence, _ record: RequestRecord, _ dialect: Endpoint.Dialect, _ room: Room,
        _ answer: @escaping @Sendable () async throws -> Response
    ) -> Response {
        let (asker, origin) = (Asker.current, RequestOrigin.current)
        var response = Response(status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-cache"])
        response.headers[.accelBuffering] = "no"
        if let position = wait.position { response.headers[.musterQueuePosition] = String(position) }
        response.body = ResponseBody { writer in
            let real: Response
            do {
                let place = try await tell(wait, &writer)
                withExtendedLifetime(room) {}
                real = try await Asker.$current.withValue(asker) {
                    try await RequestOrigin.$current.withValue(origin) {
                        try await client.whilePresent { try await answer().holding(place) }
                    }
                }
            } catch {
                let refusal = Refusal(any: error)
                record.end(status: .ok, failure: client.isGone ? "client_gone" : refusal.code)
                try await writer.write(ByteBuffer(bytes: Self.failure(refusal, dialect)))
                return try await writer.finish(nil)
            }
            try await real.body.write(writer)
        }
        return response
    }

    /// Writes a comment whenever the place in the queue changes, and now and then, until there is a place.
    @concurrent private func tell(
        _ wait: Waiting, _ writer: inout any ResponseBodyWriter
    ) async throws -> AdmissionQueue.Admission {
        var told: Int?
        var silence = Duration.zero
        while true {
            let position = wait.position
            if position != told || silence >= keepAlive {
                told = position
                silence = .zero
                if let position { try await writer.write(ByteBuffer(string: ": queued, position \(position)\n\n")) }
            }
            if let place = try await wait.place(within: Self.pause, time) { return place }
            silence += Self.pause
        }
    }

    private static func failure(_ refusal: Refusal, _ dialect: Endpoint.Dialect) -> [UInt8] {
        switch dialect {
        case .openai: Array(ChatChunk.failure(refusal).utf8)
        case .anthropic: Array("event: error\ndata: \(MessagesErrorEnvelope(refusal).json)\n\n".utf8)
        }
    }

    /// Nil for a time that is no time: it is refused when its turn has come.
    private static func deadline(_ seconds: Double?, from arrived: TimeSource.Instant) -> TimeSource.Instant? {
        guard let seconds, seconds > 0, seconds < 1e6 else { return nil }
        return TimeSource.Instant(offset: arrived.offset + .seconds(seconds))
    }

    /// What a waiting body asks for that matters while it waits; of one that cannot be read nothing.
    private struct QueuedWishes {
        var isStream = false
        var seconds: Double?

        init(_ body: [UInt8]) {
            guard let members = try? JSONReader.read(body) else { return }
            isStream = members["stream"] == .bool(true)
            seconds = members["muster"]?["budget"]?["seconds"]?.double
        }
    }

    /// Room for a body, given back when nobody holds it any more.
    private final class Room: Sendable {
        private let count: Int
        private let held: Held

        init(_ count: Int, of held: Held) {
            self.count = count
            self.held = held
        }

        deinit { held.giveBack(count) }
    }
}
