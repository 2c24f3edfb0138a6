import Synchronization

/// The embedders that clients may ask for, by name: one shelf for as long as the service runs, whatever stands on it.
public final class EmbedderShelf: Sendable {
    /// One embedder as clients see it.
    public struct Entry: Sendable {
        public var id: String
        public var summary: String
        public var embedder: any Embedder

        public init(id: String, summary: String, embedder: any Embedder) {
            self.id = id
            self.summary = summary
            self.embedder = embedder
        }
    }

    private let kept: Mutex<[Entry]>

    public init(_ entries: [Entry] = []) { kept = Mutex(entries) }

    /// In the order they are listed; of two with one id the first is found.
    public var entries: [Entry] { kept.withLock { $0 } }

    /// Requests to come meet these; those under way keep what they found.
    public func replace(by entries: [Entry]) { kept.withLock { $0 = entries } }

    /// The embedder of this name.
    ///
    /// - Throws: `unknownModel` with the nearest name.
    public func embedder(_ id: String) throws -> any Embedder {
        let entries = entries
        guard let entry = entries.first(where: { $0.id == id }) else {
            throw Fault.unknown(
                .unknownModel, "embedder", named: String(id.prefix(80)), among: entries.map(\.id),
                hint: "GET /v1/models lists all")
        }
        return entry.embedder
    }
}
