/// The embedders that clients may ask for, by name.
public struct EmbedderShelf: Sendable {
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

    /// In the order they are listed; of two with one id the first is found.
    public let entries: [Entry]

    public init(_ entries: [Entry] = []) { self.entries = entries }

    /// The embedder of this name.
    ///
    /// - Throws: `unknownModel` with the nearest name.
    public func embedder(_ id: String) throws -> any Embedder {
        guard let entry = entries.first(where: { $0.id == id }) else {
            throw Fault.unknown(
                .unknownModel, "embedder", named: String(id.prefix(80)), among: entries.map(\.id),
                hint: "GET /v1/models lists all")
        }
        return entry.embedder
    }
}
