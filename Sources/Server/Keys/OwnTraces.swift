import Core

/// Keeps a client's key to its own traces: others' decisions are nobody's business.
struct OwnTraces: Sendable {
    let store: any TraceStore

    /// The trace, if whoever asks may see it.
    func trace(_ id: String) async throws -> Trace? {
        guard let trace = try await store.trace(id) else { return nil }
        guard let asker = Asker.current else { return trace }
        return trace.key == asker.key ? trace : nil
    }

    /// - Throws: `notAllowed` for a client's key: what is listed is everybody's.
    static func checkListing(of things: String = "traces") throws(Fault) {
        guard let asker = Asker.current else { return }
        throw Fault(
            .notAllowed, things, "the key \(asker.name) may not list them, for others' are among them",
            hint: "GET /v1/\(things)/{id} shows one of its own; a key of server.api_keys lists all")
    }
}
