import Core
import HTTPTypes
import Hummingbird

/// `/v1/batches`: many questions of one file, answered in the background.
struct BatchesRoute: Sendable {
    /// Where the lines of a batch may go.
    static let endpoints = ["/v1/chat/completions", "/v1/embeddings"]
    /// What OpenAI promises, and the only window there is.
    static let window = (name: "24h", microseconds: Int64(86_400_000_000))

    let store: any BatchStore
    let runner: BatchRunner
    let limits: RequestLimits
    let time: TimeSource
    let entropy: @Sendable () -> UInt64

    func respond(to request: Request) async throws -> Response {
        guard request.method != .post else { return try await create(request) }
        try OwnTraces.checkListing(of: "batches")
        let page = try ListedPage(request)
        let batches = try await store.batches(after: page.after, limit: page.limit + 1)
        return .json(page.json(batches.map { ($0.id, BatchText.json($0)) }))
    }

    func one(_ id: String) async throws -> Response {
        .json(BatchText.json(try await own(id)))
    }

    /// A batch of whoever asks; a client's key sees no others.
    private func own(_ id: String) async throws -> Batch {
        guard id.utf8.count <= 64, let batch = try await store.batch(id),
            Asker.current == nil || batch.key == Asker.current?.key
        else { throw Self.unknown(id) }
        return batch
    }

    /// Lines under way are given up, those that are done stay done.
    func cancel(_ id: String) async throws -> Response {
        let at = time.timestamp()
        _ = try await own(id)
        let changed =
            id.utf8.count <= 64
            ? try await store.change(id) { batch in
                guard batch.status == .validating || batch.status == .inProgress else { return }
                batch.reach(.cancelling, at: at)
            } : nil
        guard let batch = changed else { throw Self.unknown(id) }
        guard [.cancelling, .cancelled].contains(batch.status) else {
            throw Refusal(
                .conflict, code: "batch_over", "The batch is \(batch.status.rawValue): there is nothing to cancel.")
        }
        runner.ring()
        return .json(BatchText.json(batch))
    }

    private func create(_ request: Request) async throws -> Response {
        var fields = try RequestFields(try await limits.json(of: request), at: "")
        guard let input = try fields.text("input_file_id") else {
            throw Fault(
                .invalidRequest, "input_file_id", "it is missing", expected: "The id of a file is expected",
                hint: "POST /v1/files puts one here")
        }
        let endpoint = try fields.text("endpoint")
        guard let endpoint, Self.endpoints.contains(endpoint) else {
            throw Fault(
                .invalidRequest, "endpoint",
                endpoint.map { "batches for \"\($0.prefix(80))\" are not run" } ?? "it is missing",
                expected: "\(Self.endpoints.joined(separator: " or ")) is expected")
        }
        guard let window = try fields.text("completion_window"), window == Self.window.name else {
            throw Fault(
                .invalidRequest, "completion_window", "it is missing or another span",
                expected: "\(Self.window.name) is expected")
        }
        let metadata = try Self.metadata(fields.take("metadata"))
        guard let file = try await store.file(String(input.prefix(64))), file.purpose == FilesRoute.purpose else {
            throw FilesRoute.unknown(input)
        }
        let now = time.timestamp()
        var made = Batch(
            id: "batch_" + RandomName.make(entropy), endpoint: endpoint, inputFile: file.id, window: window,
            metadata: metadata, createdAt: now,
            expiresAt: Timestamp(microseconds: now.microseconds + Self.window.microseconds))
        made.key = Asker.current?.key
        // What one client calls its request means nothing for another's.
        let owner = made.key.map { $0 + "/" } ?? ""
        let batch = try await store.add(
            made, key: request.headers[.idempotencyKey].map { owner + String($0.prefix(256)) })
        runner.ring()
        return .json(BatchText.json(batch))
    }

    private static func metadata(_ written: JSONValue?) throws -> [String: String] {
        guard let written else { return [:] }
        guard let members = written.members, members.count <= 16 else {
            throw RequestFields.wrong("metadata", written, expected: "An object of at most 16 texts is expected")
        }
        return try members.reduce(into: [:]) { texts, member in
            guard let text = member.value.text, text.utf8.count <= 512, member.key.utf8.count <= 64 else {
                throw RequestFields.wrong(
                    "metadata.\(member.key.prefix(64))", member.value,
                    expected: "A text of at most 512 bytes is expected, under a name of at most 64")
            }
            texts[member.key] = text
        }
    }

    private static func unknown(_ id: String) -> Refusal {
        Refusal(
            .notFound, code: "batch_not_found", "There is no batch \"\(id.prefix(64))\". GET /v1/batches lists all.",
            param: "id")
    }
}
