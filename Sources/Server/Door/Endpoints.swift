import Core
import Hummingbird
import Logging

/// Every endpoint with what answers it.
///
/// A class, like the doorway, because every request on its way holds it.
final class Endpoints: Sendable {
    private let admin: AdminRoutes
    private let chat: ChatRoute
    private let messages: MessagesRoute
    private let responses: ResponsesRoute
    private let embeddings: EmbeddingsRoute
    /// Nil where nothing can be kept.
    private let files: FilesRoute?
    private let batches: BatchesRoute?
    private let models: ModelsRoute
    private let decisions: DecisionRoute
    private let traces: TraceRoutes
    private let feedback: FeedbackRoute
    private let health: HealthRoute
    private let metrics: MetricsRoute
    private let page = PageRoute()
    /// Nil where there is no dashboard.
    private let insight: InsightRoutes?

    init(
        answering service: any AnswerService, traces: any TraceStore, feedback: any FeedbackStore,
        embedders: EmbedderShelf, batches: BatchRunner?, options: ServiceOptions, admin: AdminParts?,
        insight: InsightParts?, metrics: MetricRegistry, figures: RequestFigures, version: String,
        time: TimeSource, entropy: @escaping @Sendable () -> UInt64, logger: Logger
    ) {
        let limits = RequestLimits(maximumBody: options.maximumBody)
        let headers = TraceHeaders(showsTrace: options.showTrace == .header)
        let courier = AnswerCourier(
            headers: headers, silence: SilenceWatch(patience: options.keepAlive, time: time))
        self.admin = AdminRoutes(
            parts: admin, service: service, embedders: embedders, limits: limits, time: time, logger: logger)
        chat = ChatRoute(service: service, limits: limits, display: options.showTrace, courier: courier)
        messages = MessagesRoute(service: service, limits: limits, display: options.showTrace, courier: courier)
        responses = ResponsesRoute(service: service, limits: limits, display: options.showTrace, courier: courier)
        embeddings = EmbeddingsRoute(shelf: embedders, limits: limits)
        files = batches.map { FilesRoute(store: $0.store, limits: limits, time: time, entropy: entropy) }
        self.batches = batches.map {
            BatchesRoute(store: $0.store, runner: $0, limits: limits, time: time, entropy: entropy)
        }
        models = ModelsRoute(service: service, embedders: embedders, created: time.timestamp().seconds)
        decisions = DecisionRoute(service: service, limits: limits, headers: headers)
        self.traces = TraceRoutes(store: traces)
        self.feedback = FeedbackRoute(
            store: feedback, traces: OwnTraces(store: traces), limits: limits, keepsText: options.keepsText, time: time)
        health = HealthRoute(service: service)
        self.metrics = MetricsRoute(metrics: metrics, service: service, version: version)
        self.insight = insight.map { parts in
            InsightRoutes(
                parts: parts, traces: traces,
                service: ServiceSummary(
                    service: service, skills: parts.skills, version: version, hasAdmin: admin != nil,
                    explains: options.showTrace != .never, keepsText: options.keepsText),
                live: LiveRoute(
                    feed: LiveFeed(board: parts.board, directory: parts.directory, figures: figures, time: time),
                    time: time))
        }
    }

    var hasDashboard: Bool { insight != nil }

    /// The answer to somebody who may enter and whose turn it is.
    func respond(
        to request: Request, at endpoint: Endpoint, for client: ClientPresence, _ record: RequestRecord
    ) async throws -> Response {
        switch endpoint {
        case .chat: return try await chat.respond(to: request, for: client, record)
        case .messages:
            return try await messages.respond(to: request, for: client, record)
        case .countTokens: return try await messages.count(request)
        case .responses:
            return try await responses.respond(to: request, for: client, record)
        case .embeddings: return try await embeddings.respond(to: request)
        case .files, .file, .fileContent, .batches, .batch, .cancelBatch:
            return try await respondFromStore(to: request, at: endpoint)
        case .description: return .json(APIDescription.json)
        case .route: return try await decisions.respond(to: request)
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
                to: request, at: path, for: client, record)
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

    static func noSuchPath(_ path: String) -> Refusal {
        let written = String(path.prefix(80))
        let next =
            NearestName.of(written, among: Endpoint.paths).map { "Did you mean \($0)?" }
            ?? "There are \(Endpoint.paths.joined(separator: ", "))."
        return Refusal(.notFound, code: "path_not_found", "There is no path \(written). \(next)")
    }
}
