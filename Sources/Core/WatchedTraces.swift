/// Hears of every trace that is kept, at once and on the way of the answer: it must be quick and never wait.
public protocol TraceWatch: Sendable {
    func finished(_ trace: Trace)
}

/// A store that tells others of the traces it is given.
public struct WatchedTraces: TraceStore {
    private let store: any TraceStore
    private let watches: [any TraceWatch]

    public init(_ store: any TraceStore, watches: [any TraceWatch]) {
        self.store = store
        self.watches = watches
    }

    public func keep(_ trace: Trace) {
        store.keep(trace)
        for watch in watches { watch.finished(trace) }
    }

    public func trace(_ id: String) async throws -> Trace? { try await store.trace(id) }
    public func traces(limit: Int) async throws -> [Trace] { try await store.traces(limit: limit) }
}
