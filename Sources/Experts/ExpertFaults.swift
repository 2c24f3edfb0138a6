import Core
import Transport

/// Words for everything that can go wrong with one expert; the one place that knows how its settings are called, and
/// that takes its key out of what servers say.
struct ExpertFaults: Sendable {
    /// So much of a server's own message is repeated, in characters.
    static let longestMessage = 500

    let spec: ExpertSpec
    let now: @Sendable () -> Timestamp

    private var id: String { spec.card.id.rawValue }
    private var address: String { spec.unixSocket ?? spec.baseURL ?? "no address" }

    /// What the transport met; `CancellationError` if the caller left.
    func transport(_ error: TransportError, pieces: Int = 0) throws -> Fault {
        switch error {
        case .cancelled: throw CancellationError()
        case .invalidRequest(let why):
            return Fault(.invalidSettings, "experts.\(id).base_url", why, hint: "Write it as http://host:port/v1")
        case .cannotResolve(let reason):
            return unreachable("the host of \(address) is not known (\(reason))", "Check experts.\(id).base_url")
        case .cannotConnect(let reason):
            return unreachable(
                "nobody answers at \(address) (\(reason))", "Start its server, or check experts.\(id).base_url")
        case .tls(let reason):
            return unreachable(
                "the certificate of \(address) was not accepted (\(reason))",
                "Name its authority in experts.\(id).ca_file; verification cannot be switched off")
        case .clockFired(let clock, let after): return timedOut(clock, after)
        case .closedEarly(let bytes):
            return Fault(
                .expertCutOff, id, "closed the connection in the middle of its answer, after \(bytes) bytes",
                hint: "See the log of the server at \(address)")
        case .headTooLarge(let limit), .tooLarge(let limit):
            return Fault(.expertGarbled, id, "sent more than \(limit >> 10) KiB", hint: "Check that \(address) is its API")
        case .shutDown: return unreachable("Muster is shutting down", nil)
        case .protocolFailure(let reason):
            return Fault(
                .expertGarbled, id, "does not speak HTTP as it should (\(reason))", hint: "Check experts.\(id).base_url")
        }
    }

    private func unreachable(_ found: String, _ hint: String?) -> Fault {
        Fault(.expertUnreachable, id, redacted(found), hint: hint)
    }

    private func timedOut(_ clock: HTTPClocks.Name, _ after: Duration) -> Fault {
        let seconds = after.seconds < 10 ? "\(after.seconds)" : "\(Int(after.seconds))"
        let (what, setting) =
            switch clock {
            case .connect: ("no connection to \(address)", "connect")
            case .firstByte: ("no first token", "first_token")
            case .idle: ("a silence in the middle of its answer", "idle")
            case .total: ("no end of its answer", "total")
            }
        let found = clock == .idle ? "\(what) of more than \(seconds) s" : "\(what) within \(seconds) s"
        return Fault(.expertTimedOut, id, found, hint: "Raise experts.\(id).clocks.\(setting), or choose a faster expert")
    }

    /// What a status other than 200 means.
    func status(_ response: HTTPResponse, body: [UInt8]) -> Fault {
        let said = JSONValue.parse(body)?.errorMessage
        let message = (said ?? Self.excerpt(String(decoding: body, as: UTF8.self))).nonEmpty
            .map { ": \(redacted(String($0.prefix(Self.longestMessage))))" } ?? ""
        let wait = RetryAfter.seconds(in: response, now: now())
        let found = "answers with status \(response.status)\(message)"
        switch response.status {
        case 300..<400:
            let target = response.header("location") ?? "another address"
            return Fault(
                .expertRefused, id, "answers with a redirect to \(redacted(target))",
                hint: "Write the address it should be asked at as experts.\(id).base_url")
        case 401, 403:
            let hint = spec.key.map { "Check the key in \($0.variable)" }
                ?? "It wants a key: experts.\(id).api_key: \"${env.NAME}\""
            return Fault(.expertRefused, id, found, hint: hint)
        case 404:
            return Fault(
                .expertRefused, id, found,
                hint: "Check experts.\(id).base_url (\(address)) and experts.\(id).model (\(spec.card.model))")
        case 408: return Fault(.expertFailed, id, found, retryAfterSeconds: wait)
        case 429: return Fault(.expertLimited, id, found, hint: limitHint(wait), retryAfterSeconds: wait)
        case 500...: return Fault(.expertFailed, id, found, hint: "See the log of the server at \(address)", retryAfterSeconds: wait)
        default: return Fault(.expertRefused, id, found)
        }
    }

    private func limitHint(_ wait: Double?) -> String {
        wait.map { "It takes questions again in \(Int($0.rounded(.up))) s" } ?? "Lower experts.\(id).limits.concurrent"
    }

    /// A body that should have been JSON.
    func notJSON(type: String, bytes: [UInt8]) -> Fault {
        let kind = type.split(separator: ";").first.map(String.init) ?? "an unnamed type"
        return Fault(
            .expertGarbled, id,
            "answers with \(kind) instead of JSON: \(redacted(Self.excerpt(String(decoding: bytes.prefix(400), as: UTF8.self))))",
            hint: "Check experts.\(id).base_url: does it end in /v1?")
    }

    /// JSON that is not what the API promises, or an error inside it.
    func surprise(_ surprise: WireSurprise) -> Fault {
        Fault(
            surprise.isServerError ? .expertFailed : .expertGarbled, id,
            redacted(String(surprise.found.prefix(Self.longestMessage))),
            hint: surprise.isServerError ? nil : "Check experts.\(id).kind: it is \(spec.card.kind.rawValue)")
    }

    /// A stream that stopped without its end.
    func cutOff(pieces: Int, isMidEvent: Bool) -> Fault {
        Fault(
            .expertCutOff, id,
            "ended its answer \(isMidEvent ? "in the middle of an event" : "without an end mark") after \(pieces) pieces",
            hint: "See the log of the server at \(address)")
    }

    /// The same text without the expert's key, should a server repeat it.
    private func redacted(_ text: String) -> String {
        guard let key = spec.key, !key.reveal().isEmpty else { return text }
        return text.replacing(key.reveal(), with: "\(key)")
    }

    /// The beginning of a text on one line, in quotes.
    static func excerpt(_ text: String) -> String {
        let line = text.prefix(400).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !line.isEmpty else { return "" }
        return "\"" + line.prefix(80) + (line.count > 80 ? "…" : "") + "\""
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
