import Core
import Crypto
import HTTPTypes
import Hummingbird
import Pipeline

/// Says who may enter: whoever presents a key of the configuration, or one that was made for a client.
struct KeyDoor: Sendable {
    let configured: APIKeys
    /// Nil where no keys are made.
    let ring: KeyRing?
    let time: TimeSource

    /// Who entered.
    struct Visitor: Sendable {
        /// Nil with a key of the configuration, and where no keys are asked for.
        var asker: Asker?
        var account: KeyAccount?
        /// With a key of the configuration alone.
        var owner: ShelfOwner?

        static let anybody = Visitor()

        /// - Throws: `notAllowed` for a client's key: figures are of everybody's questions and spending.
        func checkFigures() throws(Fault) {
            guard let asker else { return }
            throw Fault(
                .notAllowed, "/metrics", "the key \(asker.name) may not read it, for others' figures are among them",
                hint: "A key of server.api_keys reads it")
        }

        /// Does the work in the visitor's name, and tells it how near its rates are, also where the answer is no.
        ///
        /// - Parameter asks: whether it counts as a request.
        func counted(asks: Bool, _ work: () async throws -> Response) async throws -> Response {
            guard let asker, let account else { return try await named(owner, work) }
            do {
                if asks { try account.enter() }
                var response = try await Asker.$current.withValue(asker) { try await work() }
                response.headers.append(contentsOf: account.standing.headers)
                return response
            } catch  where error is Refusal || error is Fault {
                var refusal = Refusal(any: (error as? Fault)?.withoutOthersWords ?? error)
                refusal.headers.append(contentsOf: account.standing.headers)
                throw refusal
            }
        }
    }

    /// True if there are keys of the configuration, which alone open what shows everybody's figures.
    var hasConfigured: Bool { !configured.isEmpty }

    /// - Throws: a `Refusal` as OpenAI's for a wrong key; it does not repeat what was presented.
    func enter(_ headers: HTTPFields) async throws -> Visitor {
        // The very first key may have been made this moment.
        if let ring, ring.isEmpty, (headers[.authorization] ?? headers[.apiKey])?.contains(KeySecret.mark) ?? false {
            try await ring.refresh()
        }
        guard let ring, configured.isEmpty ? !ring.isEmpty : true else {
            try configured.check(headers)
            return configured.isEmpty ? .anybody : Visitor(owner: Self.owner(try APIKeys.presented(in: headers)))
        }
        let presented = try APIKeys.presented(in: headers)
        if configured.holds(presented) { return Visitor(owner: Self.owner(presented)) }
        guard let secret = KeySecret(presented: String(decoding: presented, as: UTF8.self)),
            let (key, account) = try await ring.holder(of: secret)
        else { throw APIKeys.wrongKey }
        switch key.state(at: time.timestamp()) {
        case .active: return Visitor(asker: Asker(key, account: account), account: account)
        case .revoked: throw APIKeys.wrongKey
        case .expired:
            throw APIKeys.refusal(
                "The API key \(key.name) has expired. Ask whoever gave it to you for a new one: muster key rotate "
                    + "does not prolong it, muster key create does.")
        }
    }

    private static func owner(_ key: [UInt8]) -> ShelfOwner? { KeyDigest(SHA256.hash(data: key)).map(ShelfOwner.init) }
}

/// Does the work in the name of whoever came in with a key of the configuration.
func named(_ owner: ShelfOwner?, _ work: () async throws -> Response) async throws -> Response {
    guard let owner else { return try await work() }
    return try await ShelfOwner.$current.withValue(owner) { try await work() }
}

extension RateStanding {
    /// As OpenAI's libraries and their users know them.
    var headers: HTTPFields {
        var headers = HTTPFields()
        let parts: [(Part?, HTTPField.Name, HTTPField.Name, HTTPField.Name)] = [
            (requests, .rateLimitRequests, .rateRemainingRequests, .rateResetRequests),
            (tokens, .rateLimitTokens, .rateRemainingTokens, .rateResetTokens),
        ]
        for (part, limit, remaining, reset) in parts {
            guard let part else { continue }
            headers[limit] = String(part.limit)
            headers[remaining] = String(part.remaining)
            headers[reset] = "\(Int(part.reset.seconds.rounded(.up)))s"
        }
        return headers
    }
}
