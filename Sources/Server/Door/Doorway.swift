import Core
import HTTPTypes
package import Hummingbird
import Logging
import NIOCore

/// Answers every request: says who may enter, sends it to its endpoint, and turns every error into OpenAI's shape.
package struct Doorway: HTTPResponder {
    let keys: APIKeys
    let clients: ConnectedClients
    let chat: ChatRoute
    let models: ModelsRoute
    let decisions: DecisionRoute
    let traces: TraceRoutes
    let feedback: FeedbackRoute
    let health: HealthRoute
    let admission: AdmissionQueue
    let time: TimeSource
    let entropy: @Sendable () -> UInt64
    let logger: Logger

    package func respond(to request: Request, context: DoorContext) async throws -> Response {
        let endpoint = Endpoint(path: request.uri.path)
        var record = RequestRecord(
            id: "req-" + paddedHex(entropy()), endpoint: endpoint?.name ?? "none",
            clientRetries: request.headers[.clientRetries].flatMap { Int($0) } ?? 0, time: time, logger: logger)
        do {
            var response = try await answer(request, at: endpoint, context: context, record: record)
            record.id = response.headers[.requestID] ?? record.id
            response.headers[.requestID] = record.id
            // A stream notes its own end.
            if response.body.contentLength != nil { record.end(status: response.status) }
            return request.method == .head ? withoutBody(response) : response
        } catch {
            let refusal = Refusal(any: error)
            var response = ErrorEnvelope(refusal).response
            record.id = response.headers[.requestID] ?? record.id
            response.headers[.requestID] = record.id
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
        guard let endpoint else { throw Self.noSuchPath(request.uri.path) }
        guard request.method == endpoint.method || (request.method == .head && endpoint.method == .get) else {
            throw Refusal(
                .methodNotAllowed, code: "method_not_allowed",
                "\(request.uri.path.prefix(80)) does not take \(request.method.rawValue.prefix(20)). "
                    + "Use \(endpoint.method).",
                headers: [.allow: endpoint.method.rawValue])
        }
        if !endpoint.isOpen { try keys.check(request.headers) }
        guard endpoint.isAdmitted else { return try await answer(request, admittedTo: endpoint, context, record) }
        let place = try await admission.admit(clients.presence(of: context.channel))
        return try await answer(request, admittedTo: endpoint, context, record).holding(place)
    }

    private func answer(
        _ request: Request, admittedTo endpoint: Endpoint, _ context: DoorContext, _ record: RequestRecord
    ) async throws -> Response {
        switch endpoint {
        case .chat: return try await chat.respond(to: request, for: clients.presence(of: context.channel), record)
        case .route: return try await decisions.respond(to: request, for: clients.presence(of: context.channel))
        case .models: return try models.list()
        case .model(let id): return try models.one(id)
        case .traces: return try await traces.list(limit: request.uri.queryParameters["limit"].map(String.init))
        case .trace(let id): return try await traces.one(id)
        case .feedback: return try await feedback.respond(to: request)
        case .health: return try await health.respond()
        }
    }

    private static func noSuchPath(_ path: String) -> Refusal {
        let written = String(path.prefix(80))
        let next =
            NearestName.of(written, among: Endpoint.paths).map { "Did you mean \($0)?" }
            ?? "There are \(Endpoint.paths.joined(separator: ", "))."
        return Refusal(.notFound, code: "path_not_found", "There is no path \(written). \(next)")
    }

    private func withoutBody(_ response: Response) -> Response {
        Response(status: response.status, headers: response.headers)
    }

    private func paddedHex(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
