import Core
import HTTPTypes
import Hummingbird
import NIOCore

/// `/v1/files`: files of questions that clients put here for batches, and files of results that batches leave.
struct FilesRoute: Sendable {
    let store: any BatchStore
    let limits: RequestLimits
    let time: TimeSource
    let entropy: @Sendable () -> UInt64

    static let purpose = "batch"

    func respond(to request: Request) async throws -> Response {
        request.method == .post ? try await upload(request) : try await list(request)
    }

    // MARK: One file

    func one(_ id: String, _ request: Request) async throws -> Response {
        guard request.method == .delete else { return .json(Self.json(try await file(id))) }
        guard try await store.deleteFile(id) else { throw Self.unknown(id) }
        return .json(#"{"id":\#(JSONText.quoted(id)),"object":"file","deleted":true}"#)
    }

    /// What is in a file, part by part.
    func content(_ id: String) async throws -> Response {
        let file = try await file(id)
        let store = store
        let body = ResponseBody { writer in
            var place: Int?
            repeat {
                guard let part = try await store.content(of: id, from: place) else { break }
                if !part.bytes.isEmpty { try await writer.write(ByteBuffer(bytes: part.bytes)) }
                place = part.next
            } while place != nil
            try await writer.finish(nil)
        }
        // A file of results knows its length only at the time it was made.
        guard file.purpose == Self.purpose else {
            return Response(status: .ok, headers: [.contentType: "application/jsonl"], body: body)
        }
        var bytes: [UInt8] = []
        var place: Int?
        repeat {
            guard let part = try await store.content(of: id, from: place) else { throw Self.unknown(id) }
            bytes += part.bytes
            place = part.next
        } while place != nil
        return Response(
            status: .ok, headers: [.contentType: "application/jsonl"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func file(_ id: String) async throws -> StoredFile {
        guard id.utf8.count <= 64, let file = try await store.file(id) else { throw Self.unknown(id) }
        return file
    }

    static func unknown(_ id: String) -> Refusal {
        Refusal(
            .notFound, code: "file_not_found", "There is no file \"\(id.prefix(64))\". GET /v1/files lists all.",
            param: "id")
    }

    // MARK: All files

    private func list(_ request: Request) async throws -> Response {
        try OwnTraces.checkListing(of: "files")
        let page = try ListedPage(request, most: 10_000, usual: 1_000)
        let purpose = request.uri.queryParameters["purpose"].map(String.init)
        let files = try await Self.isOldestFirst(request) ? oldest(purpose, page) : newest(purpose, page)
        return .json(page.json(files.map { ($0.id, Self.json($0)) }))
    }

    private func newest(_ purpose: String?, _ page: ListedPage) async throws -> [StoredFile] {
        try await store.files(purpose: purpose, after: page.after, limit: page.limit + 1)
    }

    private func oldest(_ purpose: String?, _ page: ListedPage) async throws -> [StoredFile] {
        let all = try await store.files(purpose: purpose, after: nil, limit: Int(Int32.max)).reversed()
        let rest = page.after.map { after in all.drop { $0.id != after }.dropFirst() } ?? all[...]
        return Array(rest.prefix(page.limit + 1))
    }

    private static func isOldestFirst(_ request: Request) throws -> Bool {
        switch request.uri.queryParameters["order"] {
        case nil, "desc": return false
        case "asc": return true
        case let other?:
            throw Fault(
                .invalidRequest, "order", "it is \(JSONText.quoted(String(other.prefix(20))))",
                expected: "asc or desc is expected")
        }
    }

    /// A form with `purpose` and `file`, or the lines themselves.
    private func upload(_ request: Request) async throws -> Response {
        let type = request.headers[.contentType] ?? ""
        let kind = type.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        let bytes = try await limits.bytes(of: request)
        var name = request.uri.queryParameters["filename"].map(String.init) ?? "questions.jsonl"
        var content = bytes[...]
        switch kind {
        case "multipart/form-data":
            let form = try FormData(bytes, contentType: type)
            guard let purpose = form.text("purpose") else {
                throw Fault(.invalidRequest, "purpose", "it is missing", expected: "batch is expected")
            }
            guard purpose == Self.purpose else {
                throw Fault(
                    .unsupported, "purpose", "files for \"\(purpose.prefix(40))\" have no use here",
                    expected: "batch is expected")
            }
            guard let file = form.parts.first(where: { $0.name == "file" && $0.fileName != nil }) else {
                throw Fault(.invalidRequest, "file", "it is missing", expected: "A part with a filename is expected")
            }
            name = file.fileName.flatMap { $0.isEmpty ? nil : $0 } ?? name
            content = file.content
        case "application/jsonl", "application/x-ndjson", "application/x-jsonlines": break
        default:
            throw Refusal(
                .unsupportedMediaType, code: "unsupported_media_type",
                "The body is \(kind.isEmpty ? "of no type" : String(kind.prefix(80))). "
                    + "Send a form (multipart/form-data) with purpose and file, or lines as application/jsonl.")
        }
        guard !content.isEmpty else {
            throw Fault(.invalidRequest, "file", "it is empty", expected: "One question a line is expected")
        }
        let file = StoredFile(
            id: "file-" + RandomName.make(entropy), name: String(name.prefix(255)), purpose: Self.purpose,
            bytes: content.count, createdAt: time.timestamp())
        try await store.add(file, content: Array(content))
        return .json(Self.json(file))
    }

    static func json(_ file: StoredFile) -> String {
        #"{"id":\#(JSONText.quoted(file.id)),"object":"file","bytes":\#(file.bytes),"#
            + #""created_at":\#(file.createdAt.seconds),"filename":\#(JSONText.quoted(file.name)),"#
            + #""purpose":"\#(file.purpose)","status":"processed","expires_at":null,"status_details":null}"#
    }
}
