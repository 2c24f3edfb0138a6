public import Core
public import Transport

/// Has an OpenAI-compatible `/v1/embeddings` endpoint turn texts into vectors.
public struct OpenAIEmbedder: Embedder {
    /// Texts in one request.
    static let batch = 64

    private let spec: ExpertSpec
    private let transport: HTTPTransport
    private let faults: ExpertFaults

    /// - Parameter spec: address, key, clocks and model of the endpoint; its card's id names it in errors.
    public init(spec: ExpertSpec, transport: HTTPTransport, now: @escaping @Sendable () -> Timestamp) {
        self.spec = spec
        self.transport = transport
        faults = ExpertFaults(spec: spec, now: now)
    }

    public var name: String { "openai/\(spec.card.model)" }

    public func embed(_ texts: [String]) async throws -> [[Float]] {
        var vectors: [[Float]] = []
        for start in stride(from: 0, to: texts.count, by: Self.batch) {
            let part = Array(texts[start..<min(start + Self.batch, texts.count)])
            vectors += try await embed(batch: part)
        }
        return vectors
    }

    private func embed(batch texts: [String]) async throws -> [[Float]] {
        let body = JSONValue.object([
            "model": .string(spec.card.model), "input": .array(texts.map(JSONValue.string)),
            "encoding_format": .text("float"),
        ])
        let key = spec.key.map { [("Authorization", "Bearer \($0.reveal())")] } ?? []
        let request = HTTPRequest(
            method: "POST", url: BaseAddress(spec.baseURL ?? "", kind: .openai).joined("/embeddings"),
            headers: [("Content-Type", "application/json")] + key, body: try body.bytes(),
            clocks: HTTPClocks(spec.clocks), unixSocket: spec.unixSocket, caFile: spec.caFile)
        let (response, bytes) = try await send(request)
        guard response.status == 200 else { throw faults.status(response, body: bytes) }
        guard let answer = JSONValue.parse(bytes) else {
            throw faults.notJSON(type: response.header("content-type") ?? "", bytes: bytes)
        }
        return try vectors(in: answer, count: texts.count)
    }

    private func send(_ request: HTTPRequest) async throws -> (HTTPResponse, [UInt8]) {
        do {
            let response = try await transport.send(request)
            return (response, try await response.body.collect(upTo: HTTPExpert.longestAnswer))
        } catch {
            throw try faults.transport(error)
        }
    }

    /// In the order of the texts: the endpoint may send them in any, with an index.
    private func vectors(in answer: JSONValue, count: Int) throws -> [[Float]] {
        guard let rows = answer["data"]?.elements, rows.count == count else {
            throw faults.surprise(WireSurprise(found: "sent \(answer["data"]?.elements?.count ?? 0) vectors for \(count) texts"))
        }
        var vectors = [[Float]](repeating: [], count: count)
        for (place, row) in rows.enumerated() {
            let index = row["index"]?.whole ?? place
            let values = row["embedding"]?.elements?.compactMap(\.number).map(Float.init) ?? []
            guard vectors.indices.contains(index), !values.isEmpty else {
                throw faults.surprise(WireSurprise(found: "sent an empty or misnumbered vector"))
            }
            vectors[index] = values.atUnitLength
        }
        guard Set(vectors.map(\.count)).count == 1, vectors[0].count > 0 else {
            throw faults.surprise(WireSurprise(found: "sent vectors of different lengths"))
        }
        return vectors
    }
}
