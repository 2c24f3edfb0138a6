import Core
import HTTPTypes
package import Hummingbird
import Logging
import NIOCore

/// Answers every request: says who may enter, sends it to its endpoint, and turns every error into OpenAI's shape.
package struct Doorway: HTTPResponder {
    let hosts: KnownHosts
    let door: KeyDoor
    let admin: AdminRoutes
    let clients: ConnectedClients
    let chat: ChatRoute
    let messages: MessagesRoute
    let responses: ResponsesRoute
    let embeddings: EmbeddingsRoute
    /// Nil where nothing can be kept.
    let files: FilesRoute?
    let batches: BatchesRoute?
    let models: ModelsRoute
    let decisions: DecisionRoute
    let traces: TraceRoutes
    let feedback: FeedbackRoute
    let health: HealthRoute
    let metrics: MetricsRoute
    let page: PageRoute
    /// Nil where there is no dashboard.
    let insight: InsightRoutes?
    let figures: RequestFigures
    /// Whether `/metrics` needs no key.
    let showsMetrics: ServiceOptions.MetricsDisplay
    let admission: AdmissionQueue
    let loops: LoopExecutors
    /// Where requests wait that were not let in at once.
    let queue: StreamQueue
    let time: TimeSource
    let entropy: @Sendable () -> UInt64
    let logger: Logger

    package func respond(to request: Request, context: DoorContext) async throws -> Response {
        try await withTaskExecutorPreference(loops[context.channel.eventLoop]) {
            await response(to: request, context: context)
        }
    }

    private func response(to request: Request, context: DoorContext) async -> Response {
        let endpoint = Endpoint(path: request.uri.path)
        let origin = RequestOrigin(request.headers)
        let inFlight = figures.begin()
        var record = RequestRecord(
            callersID: origin.requestID, newID: "req-" + entropy().paddedHex, endpoint: endpoint?.name ?? "none",
            clientRetries: request.headers[.clientRetries].flatMap { Int($0) } ?? 0, time: time,
            figures: figures, logger: logger)
        do {
            var response = try await RequestOrigin.$current.withValue(origin) {
                try await answer(request, at: endpoint, context: context, record: record)
            }
            if let trace = response.headers[.musterTraceID] { record.note(trace: trace) }
            sign(&response, record.id, to: request, at: endpoint)
            // A stream notes its own end.
            if response.body.contentLength != nil { record.end(status: response.status) }
            // A page that is left open is nobody's question.
            if endpoint == .insight(.live) { return response }
            return request.method == .head
                ? withoutBody(response) : response.counted(in: figures, inFlight)
        } catch {
            let refusal = Refusal(any: error)
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
    }

    private func answer(
        _ request: Request, at endpoint: Endpoint?, context: DoorContext, record: RequestRecord
    ) async throws -> Response {
        try hosts.check(request.head.authority)
        guard let endpoint, endpoint != .metrics || showsMetrics != .never,
            !endpoint.isDashboard || insight != nil
        else { throw Self.noSuchPath(request.uri.path) }
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
        let isOpen = endpoint.isOpen || (endpoint == .metrics && showsMetrics != .keyed)
        let visitor = isOpen ? .anybody : try await door.enter(request.headers)
        return try await visitor.counted(asks: endpoint.asksExperts) {
            guard endpoint.isAdmitted else {
                return try await answer(request, admittedTo: endpoint, context: context, record: record)
            }
            if let place = admission.admitAtOnce() {
                return try await answer(request, admittedTo: endpoint, context: context, record: record).holding(place)
            }
            return try await queue.respond(
                to: request, at: endpoint, for: clients.presence(of: context.channel), record
            ) {
                try await answer($0, admittedTo: endpoint, context: context, record: record)
            }
        }
    }

    /// The answer to somebody who may enter and whose turn it is.
    private func answer(
        _ request: Request, admittedTo endpoint: Endpoint, context: DoorContext, record: RequestRecord
    ) async throws -> Response {
        switch endpoint {
        case .chat: return try await chat.respond(to: request, for: clients.presence(of: context.channel), record)
        case .messages:
            return try await messages.respond(to: request, for: clients.presence(of: context.channel), record)
        case .countTokens: return try await messages.count(request)
        case .responses:
            return try await responses.respond(to: request, for: clients.presence(of: context.channel), record)
        case .embeddings: return try await embeddings.respond(to: request, for: clients.presence(of: context.channel))
        case .files, .file, .fileContent, .batches, .batch, .cancelBatch:
            return try await respondFromStore(to: request, at: endpoint)
        case .description: return .json(APIDescription.json)
        case .route: return try await decisions.respond(to: request, for: clients.presence(of: context.channel))
        case .models: return try models.list()
        case .model(let id): return try models.one(id)
        case .traces: return try await traces.list(limit: request.uri.queryParameters["limit"].map(String.init))
        case .trace(let id): return try await traces.one(id)
        case .feedback: return try await feedback.respond(to: request)
        case .health: return try await health.respond()
        case .metrics: return await metrics.respond(to: request)
        case .admin(let path): return try await admin.respond(to: request, path: path)
        case .page(let name): return try page.respond(to: request, name: name)
        case .insight(let path):
            guard let insight else { throw Self.noSuchPath(request.uri.path) }
            return try await insight.respond(
                to: request, at: path, for: clients.presence(of: context.channel), record)
        }
    }

    private func respondFromStore(to request: Request, at endpoint: Endpoint) async throws -> Response {
        guard let files, let batches else { throw Self.noSuchPath(request.uri.path) }
        switch endpoint {
        case .files: return try await files.respond(to: request)
        case .file(let id): return try await files.one(id, request)
        case .fileContent(let id): return try await files.content(id)
        case .batches: return try await batches.respond(to: request)
        case .batch(let id): return try await batches.one(id)
        case .cancelBatch(let id): return try await batches.cancel(id)
        default: throw Self.noSuchPath(request.uri.path)
        }
    }

    private static func noSuchPath(_ path: String) -> Refusal {
        let written = String(path.prefix(80))
        let next =
            NearestName.of(written, among: Endpoint.paths).map { "Did you mean \($0)?" }
            ?? "There are \(Endpoint.paths.joined(separator: ", "))."
        return Refusal(.notFound, code: "path_not_found", "There is no path \(written). \(next)")
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
