import Core
import Hummingbird

/// `/insight/…`: what the dashboard reads, for whoever may see everybody's questions.
struct InsightRoutes: Sendable {
    let parts: InsightParts
    let traces: any TraceStore
    let service: ServiceSummary
    let live: LiveRoute

    func respond(
        to request: Request, at path: InsightPath, for client: ClientPresence, _ record: RequestRecord
    ) async throws -> Response {
        try Self.checkSight()
        let query = InsightQuery(request)
        switch path {
        case .service: return try service.respond()
        case .live: return try await live.respond(for: client, record)
        case .traces: return try await TraceLeaf(store: parts.store).respond(query)
        case .trace(let id): return try await TraceStory(store: parts.store, traces: traces).respond(id)
        case .skills: return try await SkillMap(parts: parts).respond(query)
        case .marks: return try await GradedCell(parts: parts).respond(query)
        case .runs: return try await RunBoard(store: parts.store).list()
        case .run(let id): return try await RunBoard(store: parts.store).one(id)
        }
    }

    /// - Throws: `notAllowed` for a client's key: what is shown is everybody's.
    private static func checkSight() throws(Fault) {
        guard let asker = Asker.current else { return }
        throw Fault(
            .notAllowed, "dashboard", "the key \(asker.name) may not see it, for others' questions are in it",
            hint: "A key of server.api_keys sees it; GET /v1/traces/{id} shows a trace of one's own")
    }
}
