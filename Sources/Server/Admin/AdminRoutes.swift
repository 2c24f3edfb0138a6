import Core
import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// `/admin/…`: keys, spending and experts, for whoever has the admin key. JSON only; a secret is shown once, to the one
/// who made it.
struct AdminRoutes: Sendable {
    /// Nil where the admin API is switched off.
    let parts: AdminParts?
    let service: any AnswerService
    let embedders: EmbedderShelf
    let limits: RequestLimits
    let time: TimeSource
    let logger: Logger

    /// Every path, as a client that took a wrong one is told.
    static let paths = [
        "/admin/keys", "/admin/keys/{id}", "/admin/keys/{id}/rotate", "/admin/spend", "/admin/experts",
        "/admin/experts/{id}", "/admin/experts/{id}/pause", "/admin/experts/{id}/resume", "/admin/experts/{id}/test",
        "/admin/canaries", "/admin/shadow", "/admin/reload",
    ]

    /// What may be done to one expert; its id may hold slashes.
    private static let ending: Set<String> = ["pause", "resume", "test"]

    /// The methods that a path takes.
    static func methods(of path: [String]) -> [HTTPRequest.Method] {
        switch (path.first, path.count) {
        case ("keys", 1): [.get, .post]
        case ("keys", 2): [.get, .delete]
        case ("spend", 1), ("canaries", 1), ("shadow", 1): [.get]
        case ("experts", 1): [.get, .post]
        case ("experts", 2...) where !ending.contains(path.last ?? ""): [.delete]
        default: [.post]
        }
    }

    /// - Parameter path: what stands behind `/admin`.
    func respond(to request: Request, path: [String]) async throws -> Response {
        guard let parts else {
            throw Refusal(
                .notFound, code: "admin_switched_off",
                "The admin API is switched off. Set server.admin_key: \"${env.MUSTER_ADMIN_KEY}\" to switch it on.")
        }
        try Self.check(request.headers, against: parts.key)
        let keys = AdminKeys(
            parts: parts, models: service.models().map(\.id) + embedders.entries.map(\.id), limits: limits, time: time,
            logger: logger)
        let experts = AdminExperts(
            directory: parts.directory(), steward: parts.steward, desk: parts.desk, limits: limits, time: time,
            entropy: parts.entropy, logger: logger)
        switch (path.first, path.count) {
        case ("keys", 1) where request.method == .get: return try await keys.list()
        case ("keys", 1) where request.method == .post: return try await keys.create(request)
        case ("keys", 1): throw Self.wrongMethod(request, "GET or POST")
        case ("keys", 2) where request.method == .get: return try await keys.one(path[1])
        case ("keys", 2) where request.method == .delete: return try await keys.revoke(path[1])
        case ("keys", 2): throw Self.wrongMethod(request, "GET or DELETE")
        case ("keys", 3) where path[2] == "rotate":
            guard request.method == .post else { throw Self.wrongMethod(request, "POST") }
            return try await keys.rotate(path[1], request)
        case ("spend", 1):
            guard request.method == .get else { throw Self.wrongMethod(request, "GET") }
            return try await AdminSpend(prices: parts.prices, time: time).respond(to: request)
        case ("experts", 1):
            switch request.method {
            case .get: return try await experts.list()
            case .post: return try await experts.add(request)
            default: throw Self.wrongMethod(request, "GET or POST")
            }
        case ("experts", 3...) where Self.ending.contains(path.last ?? ""):
            guard request.method == .post else { throw Self.wrongMethod(request, "POST") }
            let id = Self.expert(path[1..<path.count - 1])
            if path.last == "test" { return try await experts.test(id) }
            return try await experts.set(id, isPaused: path.last == "pause")
        case ("experts", 2...):
            guard request.method == .delete else { throw Self.wrongMethod(request, "DELETE") }
            return try await experts.remove(Self.expert(path[1...]))
        case ("canaries", 1):
            guard request.method == .get else { throw Self.wrongMethod(request, "GET") }
            return try AdminCanaries(steward: parts.steward).respond()
        case ("shadow", 1):
            guard request.method == .get else { throw Self.wrongMethod(request, "GET") }
            return try await AdminShadow(steward: parts.steward).respond()
        case ("reload", 1):
            guard request.method == .post else { throw Self.wrongMethod(request, "POST") }
            return try await AdminReload(steward: parts.steward, logger: logger).respond()
        default:
            throw Refusal(
                .notFound, code: "path_not_found",
                "There is no such path. There are \(Self.paths.joined(separator: ", ")).")
        }
    }

    private static func expert(_ parts: ArraySlice<String>) -> ExpertID {
        ExpertID(parts.joined(separator: "/").removingPercentEncoding ?? "")
    }

    private static func check(_ headers: HTTPFields, against key: Secret) throws {
        let presented = try APIKeys.presented(in: headers)
        guard APIKeys([key.reveal()]).holds(presented) else {
            throw APIKeys.refusal("This is not the admin key. It is the one of server.admin_key; no client's key is.")
        }
    }

    private static func wrongMethod(_ request: Request, _ methods: String) -> Refusal {
        Refusal(
            .methodNotAllowed, code: "method_not_allowed",
            "\(request.uri.path.prefix(80)) does not take \(request.method.rawValue.prefix(20)). Use \(methods).",
            headers: [.allow: methods.replacing(" or ", with: ", ")])
    }
}
