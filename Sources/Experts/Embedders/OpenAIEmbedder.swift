public import Core
import Foundation
public import Transport

/// Has an OpenAI-compatible `/v1/embeddings` endpoint turn texts into vectors.
public struct OpenAIEmbedder: Embedder {
    /// Texts in one request.
    package static let batch = 64

    private let spec: ExpertSpec
    private let transport: HTTPTransport
    private let faults: ExpertFaults
    /// Of the vectors asked for; nil for the model's own.
    private var dimensions: Int?

    /// - Parameters:
    ///   - spec: address, key, clocks and model of the endpoint; its card's id names it in errors, and is where its
    ///     settings stand.
    ///   - now: the calendar clock, for waits that a server gives as a date.
    public init(spec: ExpertSpec, transport: HTTPTransport, now: @escaping @Sendable () -> Timestamp) {
        self.spec = spec
        self.transport = transport
        faults = ExpertFaults(spec: spec, now: now, settings: spec.card.id.rawValue)
    }

    public var name: String { "openai/\(spec.card.model)" + (dimensions.map { "/\($0)" } ?? "") }

    public func shortened(to dimensions: Int) -> (any Embedder)? {
        var shorter = self
        shorter.dimensions = dimensions
        return shorter
    }

    /// One vector of unit length for each text, all of the same dimension.
    ///
    /// - Throws: a `Fault` that names the endpoint, or `CancellationError`. Nothing is tried twice here.
    public func embed(_ texts: [String]) async throws -> [[Float]] {
        var vectors: [[Float]] = []
        for start in stride(from: 0, to: texts.count, by: Self.batch) {
            vectors += try await fetch(Array(texts[start..<min(start + Self.batch, texts.count)]))
        }
        guard Set(vectors.map(\.count)).count <= 1 else {
            throw surprise("sent vectors of different lengths")
        }
        return vectors
    }

    private func fetch(_ texts: [String]) async throws -> [[Float]] {
        let (response, bytes) = try await send(texts)
        guard response.status == 200 else {
            throw faults.status(response.status, header: response.header, body: bytes)
        }
        guard let sent = try? JSONDecoder().decode(Sent.self, from: Data(bytes)) else {
            guard let body = JSONValue.parse(bytes) else {
                throw faults.notJSON(type: response.header("content-type") ?? "", bytes: bytes)
            }
            if let message = body.errorMember { throw faults.surprise(.serverError(message)) }
            throw surprise("sent JSON without data[].embedding")
        }
        return try ordered(sent.data, count: texts.count)
    }

    private func send(_ texts: [String]) async throws -> (HTTPResponse, [UInt8]) {
        var members: [String: JSONValue] = [
            "model": .string(spec.card.model), "input": .array(texts.map(JSONValue.string)),
            "encoding_format": .string("float"),
        ]
        members["dimensions"] = dimensions.map(JSONValue.integer)
        let request = HTTPRequest(
            method: "POST", url: BaseAddress(spec.baseURL ?? "", kind: .openai).joined("/embeddings"),
            headers: [("Content-Type", "application/json")] + spec.bearer.map { ($0.name, $0.value) },
            body: JSONText.bytes(of: .object(members)), clocks: HTTPClocks(spec.clocks), unixSocket: spec.unixSocket,
            caFile: spec.caFile)
        do {
            let response = try await transport.send(request)
            return (response, try await response.body.collect(upTo: HTTPExpert.longestAnswer))
        } catch {
            throw try faults.transport(error)
        }
    }

    /// In the order of the texts: the endpoint may send them in any, with an index.
    private func ordered(_ rows: [Sent.Row], count: Int) throws -> [[Float]] {
        guard rows.count == count else { throw surprise("sent \(rows.count) vectors for \(count) texts") }
        var vectors = [[Float]](repeating: [], count: count)
        for (place, row) in rows.enumerated() {
            let index = row.index ?? place
            guard vectors.indices.contains(index), vectors[index].isEmpty else {
                throw surprise("sent a vector with the index \(index), which is taken or beyond the \(count) texts")
            }
            let length = row.embedding.reduce(0) { $0 + $1 * $1 }
            guard length > 0, length.isFinite else { throw surprise("sent a vector without a length") }
            vectors[index] = row.embedding.atUnitLength
        }
        return vectors
    }

    private func surprise(_ found: String) -> Fault { faults.surprise(.unexpected(found)) }

    /// What the endpoint sends; read on its own because `JSONValue` would be slow for so many numbers.
    private struct Sent: Decodable {
        struct Row: Decodable {
            var index: Int?
            var embedding: [Float]
        }

        var data: [Row]
    }
}
