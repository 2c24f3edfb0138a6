import Core
import Foundation
import HTTPTypes
import HummingbirdTesting
import Logging
import NIOCore
import Server
import Support
import Synchronization

/// The API in memory, before a scripted service.
struct FrontDoor {
    let service: ScriptedService
    let time: ManualTime
    let log = LogLines()
    private let http: HTTPService

    init(
        _ service: ScriptedService = ScriptedService(), answering: (any AnswerService)? = nil,
        traces: any TraceStore = TraceShelf(),
        feedback: any FeedbackStore = FeedbackShelf(), embedders: EmbedderShelf = EmbedderShelf(),
        batches: BatchRunner? = nil, options: ServiceOptions = ServiceOptions(), keys: KeyRing? = nil,
        admin: AdminParts? = nil, insight: InsightParts? = nil, time: ManualTime = ManualTime(.waits)
    ) {
        self.service = service
        self.time = time
        // Files and batches need names of their own; everything else is easier to compare with one number.
        let counter = Mutex(UInt64(0xABC))
        let entropy: @Sendable () -> UInt64 = {
            guard batches != nil else { return 0xABC }
            return counter.withLock {
                $0 += 1
                return $0
            }
        }
        http = HTTPService(
            answering: answering ?? service, traces: traces, feedback: feedback, embedders: embedders, batches: batches,
            options: options, keys: keys, admin: admin, insight: insight, time: time.source, entropy: entropy,
            logger: log.logger)
    }

    /// Sends one request and waits for the whole reply.
    func send(
        _ method: HTTPRequest.Method, _ path: String, body: [UInt8]? = nil, headers: HTTPFields = [:]
    ) async throws -> Reply {
        try await http.application().test(.router) { client in
            try await client.execute(
                uri: path, method: method, headers: headers, body: body.map { ByteBuffer(bytes: $0) }
            ) { Reply(status: $0.status.code, headers: $0.headers, body: String(buffer: $0.body)) }
        }
    }

    func get(_ path: String, headers: HTTPFields = [:]) async throws -> Reply {
        try await send(.get, path, headers: headers)
    }

    /// Posts JSON.
    func post(_ path: String, _ body: String, headers: HTTPFields = [:]) async throws -> Reply {
        try await send(
            .post, path, body: Array(body.utf8),
            headers: headers.contains(.contentType) ? headers : headers + [.contentType: "application/json"])
    }

    /// Posts a chat.
    func chat(_ body: String = Samples.chat(), headers: HTTPFields = [:]) async throws -> Reply {
        try await post("/v1/chat/completions", body, headers: headers)
    }
}

/// What came back for one request.
struct Reply: Sendable {
    var status: Int
    var headers: HTTPFields
    var body: String

    /// The body, read by another reader of JSON than the server's.
    var json: JSONValue {
        get throws { try JSONDecoder().decode(JSONValue.self, from: Data(body.utf8)) }
    }

    /// The error in OpenAI's envelope, if the body is exactly that.
    var refusal: Refused? {
        guard let json = try? json, case .object(let members) = json, Array(members.keys) == ["error"],
            let error = json["error"], case .object(let inner) = error,
            inner.keys.sorted() == ["code", "message", "param", "type"],
            let message = error["message"]?.text, let type = error["type"]?.text, let code = error["code"]?.text
        else { return nil }
        return Refused(message: message, type: type, param: error["param"]?.text, code: code)
    }

    /// A header by its name in text.
    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }

    struct Refused: Sendable, Hashable {
        var message: String
        var type: String
        var param: String?
        var code: String
    }
}

extension HTTPFields {
    static func + (left: HTTPFields, right: HTTPFields) -> HTTPFields {
        var all = left
        for field in right { all.append(field) }
        return all
    }
}
