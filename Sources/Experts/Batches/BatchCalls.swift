import Core
import Transport

/// The calls that OpenAI's Batch API is made of, to the server of one expert.
struct BatchCalls: Sendable {
    /// The longest file of results, in bytes.
    static let longestFile = 512 << 20
    /// The longest description of a batch, or of a page of them, in bytes.
    private static let longestDescription = 4 << 20
    /// So many pages of batches are looked through for those of an owner, a hundred on each.
    private static let mostPages = 20

    let spec: ExpertSpec
    let transport: HTTPTransport
    let faults: ExpertFaults

    /// Sends lines and has them answered.
    func send(_ lines: [UInt8], for owner: String) async throws -> RemoteBatch {
        let form = MultipartForm(
            fields: [("purpose", "batch")], file: "list.jsonl", type: "application/jsonl", content: lines)
        let file = try read(try await call("POST", "/files", type: form.type, form.body))
        guard let id = file["id"]?.text, RemoteBatch.isSafe(id) else {
            throw faults.surprise(.unexpected("took a file without saying its id"))
        }
        let wanted: JSONValue = .object([
            "input_file_id": .string(id), "endpoint": .string(BatchLines.endpoint), "completion_window": .string("24h"),
            "metadata": .object([RemoteBatch.ownerMember: .string(owner)]),
        ])
        return try batch(in: try await call("POST", "/batches", JSONText.bytes(of: wanted)))
    }

    /// How a batch stands.
    func batch(_ id: String) async throws -> RemoteBatch { try batch(in: try await call("GET", "/batches/\(id)")) }

    /// The batches that were sent for an owner, oldest first; none where the server does not list them.
    func batches(of owner: String) async throws -> [RemoteBatch] {
        var found: [RemoteBatch] = []
        var after = ""
        for _ in 0..<Self.mostPages {
            let page: JSONValue
            do {
                page = try read(try await call("GET", "/batches?limit=100" + after))
            } catch let fault as Fault where fault.code == .expertRefused && after.isEmpty {
                return []
            }
            let batches = (page["data"]?.elements ?? []).compactMap(RemoteBatch.init)
            found += batches.filter { $0.owner == owner }
            guard page["has_more"] == .bool(true), let last = batches.last else { break }
            after = "&after=\(last.id)"
        }
        return found.reversed()
    }

    /// What is in a file.
    func content(of file: String) async throws -> [UInt8] {
        try await call("GET", "/files/\(file)/content", limit: Self.longestFile)
    }

    private func batch(in bytes: [UInt8]) throws -> RemoteBatch {
        guard let batch = RemoteBatch(try read(bytes)) else {
            throw faults.surprise(.unexpected("sent JSON that describes no batch"))
        }
        return batch
    }

    private func read(_ bytes: [UInt8]) throws -> JSONValue {
        guard let value = try? JSONReader.read(bytes) else {
            throw faults.notJSON(type: "application/json", bytes: bytes)
        }
        return value
    }

    private func call(
        _ method: String, _ path: String, type: String = "application/json", _ body: [UInt8] = [],
        limit: Int = longestDescription
    ) async throws -> [UInt8] {
        let base = BaseAddress(spec.baseURL ?? "", kind: spec.card.kind)
        let headers = body.isEmpty ? [] : [("Content-Type", type)]
        let request = HTTPRequest(
            method: method, url: base.joined(path), headers: headers + spec.bearer.map { ($0.name, $0.value) },
            body: body, clocks: HTTPClocks(spec.clocks), unixSocket: spec.unixSocket, caFile: spec.caFile)
        do {
            let response = try await transport.send(request)
            let bytes = try await response.body.collect(upTo: limit)
            guard response.status == 200 else {
                throw faults.status(response.status, header: response.header, body: Array(bytes.prefix(64 << 10)))
            }
            return bytes
        } catch let error as TransportError {
            throw try faults.transport(error)
        }
    }
}
