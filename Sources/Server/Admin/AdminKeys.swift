import Core
import HTTPTypes
import Hummingbird
import Logging
import Pipeline

/// `/admin/keys`: makes, shows, replaces and ends the keys of clients.
struct AdminKeys: Sendable {
    let parts: AdminParts
    /// Everything that may stand in `model`.
    let models: [String]
    let limits: RequestLimits
    let time: TimeSource
    let logger: Logger

    private struct Listing: Encodable {
        var object = "list"
        var data: [KeyReport]
    }

    /// The only answers that hold a secret.
    private struct Made: Encodable {
        var secret: String
        var key: KeyReport
    }

    func list() async throws -> Response {
        var reports: [KeyReport] = []
        for key in try await parts.ring.store.keys() { reports.append(try await report(key)) }
        return .json(try JSONText.of(Listing(data: reports)))
    }

    func one(_ name: String) async throws -> Response {
        let key = try await parts.ring.store.keys().key(named: name)
        return .json(try JSONText.of(try await report(key)))
    }

    func create(_ request: Request) async throws -> Response {
        let order = try Self.order(try await limits.json(of: request))
        let (key, secret) = try order.make(
            models: models, now: time.timestamp(), entropy: parts.entropy)
        try await parts.ring.store.add(key)
        return try await made(key, secret, "created", status: .created)
    }

    func revoke(_ name: String) async throws -> Response {
        let now = time.timestamp()
        let (key, _) = try await parts.ring.change(name) { ($0.revoked(at: now), ()) }
        try await parts.ring.refresh()
        logger.notice("key revoked", metadata: ["key": "\(key.id)"])
        return .json(try JSONText.of(try await report(key)))
    }

    func rotate(_ name: String, _ request: Request) async throws -> Response {
        let isEmpty = request.headers[.contentLength].map { $0 == "0" } ?? (request.headers[.transferEncoding] == nil)
        var fields = try RequestFields(isEmpty ? .object([:]) : try await limits.json(of: request), at: "")
        let grace = try fields.whole("grace_seconds", 0...31_536_000) ?? 0
        try fields.refuseOthers(known: ["grace_seconds"])
        let now = time.timestamp()
        let (key, secret) = try await parts.ring.change(name) {
            try $0.rotated(grace: .seconds(grace), now: now, entropy: parts.entropy)
        }
        return try await made(key, secret, "rotated", status: .ok)
    }

    private func made(
        _ key: ClientKey, _ secret: KeySecret, _ what: String, status: HTTPResponse.Status
    ) async throws -> Response {
        try await parts.ring.refresh()
        logger.notice("key \(what)", metadata: ["key": "\(key.id)"])
        let made = Made(secret: secret.reveal(), key: try await report(key))
        return .json(try JSONText.of(made), status: status, headers: [.cacheControl: "no-store"])
    }

    private func report(_ key: ClientKey) async throws -> KeyReport {
        var report = try await KeyReport.of(key, store: parts.ring.store, now: time.timestamp())
        // What this program has spent since it last noted it.
        if let now = parts.ring.account(ofKey: key.id)?.unsettled { report.add(now, limited: key.budget) }
        return report
    }

    private static func order(_ body: JSONValue) throws -> KeyOrder {
        var fields = try RequestFields(body, at: "")
        guard let name = try fields.text("name") else {
            throw Fault(.invalidRequest, "name", "it is missing", expected: "What people call the key is expected")
        }
        let most = 1_000_000_000
        var order = KeyOrder(name: name)
        if let routes = fields.take("routes") {
            guard let names = routes.elements?.map(\.text), !names.contains(nil) else {
                throw RequestFields.wrong("routes", routes, expected: "A list of routes and experts is expected")
            }
            order.scope = names.compactMap(\.self)
        }
        order.rates = RateLimits(
            requestsPerMinute: try fields.whole("requests_per_minute", 1...most),
            tokensPerMinute: try fields.whole("tokens_per_minute", 1...most))
        order.budget = KeyBudget(
            dollars: try fields.number("budget_dollars", 0...1_000_000),
            tokens: try fields.whole("budget_tokens", 1...most), calls: try fields.whole("budget_calls", 1...most))
        if let written = fields.take("period") {
            guard let period = written.text.flatMap(BudgetPeriod.init(rawValue:)) else {
                throw RequestFields.wrong("period", written, expected: "day, month or total is expected")
            }
            order.budget.period = period
        }
        order.lifetime = try fields.whole("expires_in_seconds", 1...315_360_000).map { .seconds($0) }
        try fields.refuseOthers(known: [
            "name", "routes", "requests_per_minute", "tokens_per_minute", "budget_dollars", "budget_tokens",
            "budget_calls", "period", "expires_in_seconds",
        ])
        return order
    }
}
