import Core
import HTTPTypes
package import Hummingbird
import Logging
import Pipeline

/// Answers every request: says who may enter, sends it to its endpoint, and turns every error into OpenAI's shape.
///
/// A class, because every request on its way holds it: as a value its parts would lie in each one's memory.
package final class Doorway: HTTPResponder {
    private let hosts: KnownHosts
    private let door: KeyDoor
    private let clients: ConnectedClients
    private let endpoints: Endpoints
    private let figures: RequestFigures
    /// Whether `/metrics` needs no key.
    private let showsMetrics: ServiceOptions.MetricsDisplay
    private let admission: AdmissionQueue
    /// Where requests wait that were not let in at once.
    private let queue: StreamQueue
    private let time: TimeSource
    private let entropy: @Sendable () -> UInt64
    private let logger: Logger

    init(
        to endpoints: Endpoints, options: ServiceOptions, keys: KeyRing?, clients: ConnectedClients,
        figures: RequestFigures, time: TimeSource, entropy: @escaping @Sendable () -> UInt64, logger: Logger
    ) {
        self.endpoints = endpoints
        self.clients = clients
        self.figures = figures
        self.time = time
        self.entropy = entropy
        self.logger = logger
        hosts = KnownHosts(listening: options.host, names: options.hosts)
        door = KeyDoor(configured: APIKeys(options.keys), ring: keys, time: time)
        showsMetrics = options.showMetrics
        admission = AdmissionQueue(options.limits, time: time)
        queue = StreamQueue(
            admission: admission, held: StreamQueue.Held(), limits: RequestLimits(maximumBody: options.maximumBody),
            keepAlive: options.keepAlive, time: time)
    }

    /// Answers on the connection's loop, in a task that ends with the response, or when the client leaves: a connection's own
    /// task keeps the memory of its deepest call for as long as it lasts, and that would be each stream's.
    package func respond(to request: Request, context: DoorContext) async throws -> Response {
        let client = clients.presence(of: context.channel)
        guard let expectation = Expectation(of: request, on: context.channel) else {
            return await client.whilePresent { await self.response(to: request, for: client) }
        }
        return await client.whilePresent {
            expectation.closing(await self.response(to: expectation.met(by: request), for: client))
        }
    }

    private func response(to request: Request, for client: ClientPresence) async -> Response {
        let endpoint = Endpoint(path: request.uri.path)
        let origin = RequestOrigin(request.headers)
        let inFlight = figures.begin()
        var record = RequestRecord(
            callersID: origin.requestID, newID: "req-" + entropy().paddedHex, endpoint: endpoint?.name ?? "none",
            clientRetries: request.headers[.clientRetries].flatMap { Int($0) } ?? 0, time: time,
            figures: figures, logger: logger)
        do {
            let response = try await RequestOrigin.$current.withValue(origin) {
                try await answer(request, at: endpoint, for: client, record)
            }
            return finished(response, &record, to: request, at: endpoint, inFlight)
        } catch {
            return refused(error, &record, to: request, at: endpoint)
        }
    }

    /// Never a part of the caller, in whose memory it would have its room for as long as the answer takes.
    @inline(never)
    private func finished(
        _ answer: Response, _ record: inout RequestRecord, to request: Request, at endpoint: Endpoint?,
        _ inFlight: InFlight
    ) -> Response {
        var response = answer
        if let trace = response.headers[.musterTraceID] { record.note(trace: trace) }
        sign(&response, record.id, to: request, at: endpoint)
        // A stream notes its own end.
        if response.body.contentLength != nil { record.end(status: response.status) }
        // A page that is left open is nobody's question.
        if endpoint == .insight(.live) { return response }
        return request.method == .head ? withoutBody(response) : response.counted(in: figures, inFlight)
    }

    /// Never a part of the caller, like `finished`.
    @inline(never)
    private func refused(
        _ error: any Error, _ record: inout RequestRecord, to request: Request, at endpoint: Endpoint?
    ) -> Response {
        let refusal = Refusal(any: (error as? Fault)?.withoutOthersWords ?? error)
        if let trace = refusal.headers[.musterTraceID] { record.note(trace: trace) }
        var response =
            endpoint?.dialect == .anthropic
            ? MessagesErrorEnvelope(refusal, request: record.id).response : ErrorEnvelope(refusal).response
        sign(&response, record.id, to: request, at: endpoint)
        record.end(status: refusal.status, failure: refusal.code)
        if refusal.code == "internal_error" {
            logger.error("unknown error", metadata: ["id": "\(record.id)", "error": "\(type(of: error))"])
        }
        return request.method == .head ? withoutBody(response) : response
    }

    private func answer(
        _ request: Request, at endpoint: Endpoint?, for client: ClientPresence, _ record: RequestRecord
    ) async throws -> Response {
        try hosts.check(request.head.authority)
        guard let endpoint, endpoint != .metrics || showsMetrics != .never,
            !endpoint.isDashboard || endpoints.hasDashboard
        else { throw Endpoints.noSuchPath(request.uri.path) }
        try CrossSite.check(request.method, request.headers)
        let methods = endpoint.methods
        let isHead = request.method == .head && methods.contains(.get)
        guard methods.contains(request.method) || isHead || endpoint.isAdmin else {
            throw Refusal(
                .methodNotAllowed, code: "method_not_allowed",
                "\(request.uri.path.prefix(80)) does not take \(request.method.rawValue.prefix(20)). "
                    + "Use \(methods.map(\.rawValue).joined(separator: " or ")).",
                headers: [.allow: methods.map(\.rawValue).joined(separator: ", ")])
        }
        let isOpen = endpoint.isOpen || (endpoint == .metrics && (showsMetrics != .keyed || !door.hasConfigured))
        let visitor = isOpen ? .anybody : try await door.enter(request.headers)
        if endpoint == .metrics { try visitor.checkFigures() }
        return try await visitor.counted(asks: endpoint.asksExperts) {
            guard endpoint.isAdmitted else {
                return try await endpoints.respond(to: request, at: endpoint, for: client, record)
            }
            if let place = admission.admitAtOnce() {
                return try await endpoints.respond(to: request, at: endpoint, for: client, record)
                    .holding(place)
            }
            // A stream that waits goes on in a task that knows of no owner.
            return try await queue.respond(to: request, at: endpoint, for: client, record) {
                [endpoints, owner = visitor.owner] request in
                try await named(owner) { try await endpoints.respond(to: request, at: endpoint, for: client, record) }
            }
        }
    }

    /// Says the request's id under the names that clients' libraries look for, and that the connection ends where the
    /// client asked for that: else its library might keep it and lose the next request on it (RFC 9112, 9.6).
    private func sign(_ response: inout Response, _ id: String, to request: Request, at endpoint: Endpoint?) {
        response.headers[.requestID] = id
        if request.headers[.connection]?.lowercased() == "close" { response.headers[.connection] = "close" }
        if endpoint?.dialect == .anthropic { response.headers[.anthropicRequestID] = id }
    }

    private func withoutBody(_ response: Response) -> Response {
        Response(status: response.status, headers: response.headers)
    }
}
