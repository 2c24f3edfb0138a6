import Core
import Transport

/// Words for everything that can go wrong with one expert; the one place that knows how its settings are called.
struct ExpertFaults: Sendable {
    /// So much of a server's own message is repeated, in characters.
    static let longestMessage = 500

    let spec: ExpertSpec
    let now: @Sendable () -> Timestamp
    private let words: ServerWords
    /// Where it is written down which clock fired.
    private var slip: CallSlip?
    /// Where its settings stand: `experts.math`.
    private let settings: String

    init(spec: ExpertSpec, now: @escaping @Sendable () -> Timestamp, settings: String? = nil) {
        self.spec = spec
        self.now = now
        self.settings = settings ?? "experts.\(spec.card.id)"
        words = ServerWords(spec)
    }

    /// The same words for one call, whose slip says which clock fired.
    func telling(_ slip: CallSlip?) -> ExpertFaults {
        var copy = self
        copy.slip = slip
        return copy
    }

    private var id: String { spec.card.id.rawValue }
    private var address: String { words.beginning(spec.unixSocket ?? spec.baseURL ?? "its script", upTo: 200) }

    // MARK: No answer

    /// What the transport met; `CancellationError` if the caller left.
    func transport(_ error: TransportError) throws -> Fault {
        switch error {
        case .cancelled: throw CancellationError()
        case .invalidRequest(let why):
            return Fault(
                .invalidSettings, settings, words.beginning(why, upTo: 200),
                hint: "Check its base_url, api_key, unix_socket and ca_file")
        case .cannotResolve(let reason):
            return unreachable("the host of \(address) is not known (\(reason))", "Check \(settings).base_url")
        case .cannotConnect(let reason):
            return unreachable(
                "nobody answers at \(address) (\(reason))", "Start its server, or check \(settings).base_url")
        case .tls(let reason):
            return unreachable(
                "no trusted connection to \(address) (\(reason))",
                "Name its authority in \(settings).ca_file, or write http:// if it speaks no TLS; "
                    + "verification cannot be switched off")
        case .clockFired(let clock, let after): return timedOut(clock, after)
        case .closedEarly(let bytes):
            let when = bytes == 0 ? "before it answered" : "in the middle of its answer, after \(bytes) bytes"
            return Fault(.expertCutOff, id, "closed the connection \(when)", hint: seeLog)
        case .headTooLarge(let limit):
            return garbled("sent headers of more than \(limit >> 10) KiB", hint: "Check that \(address) is its API")
        case .tooLarge(let limit):
            return garbled("sent an answer of more than \(limit >> 20) MiB", hint: "Check that \(address) is its API")
        case .shutDown: return unreachable("Muster is shutting down", nil)
        case .protocolFailure(let reason):
            return garbled("does not speak HTTP as it should (\(reason))", hint: "Check \(settings).base_url")
        }
    }

    private var seeLog: String { "See the log of the server at \(address)" }

    private func unreachable(_ found: String, _ hint: String?) -> Fault {
        Fault(.expertUnreachable, id, found, hint: hint)
    }

    private func garbled(_ found: String, hint: String) -> Fault { Fault(.expertGarbled, id, found, hint: hint) }

    private func timedOut(_ clock: HTTPClocks.Name, _ after: Duration) -> Fault {
        // A total shorter than the expert's own is what the question's time left.
        if clock == .total, slip?.deadline != nil, after < HTTPClocks(spec.clocks).total {
            slip?.note { $0.clock = .budget }
            return Fault.timeIsOver(for: id)
        }
        slip?.note { $0.clock = Attempt.Clock(clock) }
        let (whole, rest) = after.components
        let milliseconds = rest / 1_000_000_000_000_000
        let seconds = milliseconds == 0 ? "\(whole)" : "\(Double(whole) + Double(milliseconds) / 1_000)"
        let (found, setting) =
            switch clock {
            case .connect: ("no connection to \(address) within \(seconds) s", "connect")
            case .firstByte: ("no first token within \(seconds) s", "first_token")
            case .idle: ("a silence of more than \(seconds) s in the middle of its answer", "idle")
            case .total: ("no end of its answer within \(seconds) s", "total")
            }
        return Fault(.expertTimedOut, id, found, hint: "Raise \(settings).clocks.\(setting), or choose a faster expert")
    }

    // MARK: A status

    /// What a status other than 200 means.
    ///
    /// - Parameter header: looks up a header of the response.
    func status(_ status: Int, header: (String) -> String?, body: [UInt8]) -> Fault {
        let wait = RetryAfter.seconds(header, now: now())
        let found = "answers with status \(status)" + message(in: body).map { ": \($0)" }.orEmpty
        switch status {
        case 300..<400:
            let target = header("location").map { words.beginning($0, upTo: 200) } ?? "another address"
            return Fault(
                .expertRefused, id, "answers with a redirect to \(target)",
                hint: "If that is right, write that address as \(settings).base_url; redirects are not followed")
        case 401, 403:
            let hint =
                spec.key.map { "Check the key in the variable \($0.variable)" }
                ?? "It wants a key: write \(settings).api_key: \"${env.NAME}\""
            return Fault(.expertRefused, id, found, hint: hint)
        case 404:
            return Fault(
                .expertRefused, id, found,
                hint: "Check \(settings).base_url (\(address)) and \(settings).model (\(spec.card.model))")
        case 408: return Fault(.expertFailed, id, found, hint: seeLog, retryAfterSeconds: wait)
        case 429: return Fault(.expertLimited, id, found, hint: limitHint(wait), retryAfterSeconds: wait)
        case 500...: return Fault(.expertFailed, id, found, hint: seeLog, retryAfterSeconds: wait)
        default: return Fault(.expertRefused, id, found, hint: seeLog)
        }
    }

    private func message(in body: [UInt8]) -> String? {
        if let said = JSONValue.parse(body)?.errorMessage { return words.beginning(said, upTo: Self.longestMessage) }
        let page = words.quoted(String(decoding: body, as: UTF8.self))
        return page.isEmpty ? nil : page
    }

    private func limitHint(_ wait: Double?) -> String {
        wait.map { "It takes questions again in \(Int($0.rounded(.up))) s" } ?? "Lower \(settings).limits.concurrent"
    }

    // MARK: An answer that is none

    /// A body that should have been JSON.
    func notJSON(type: String, bytes: [UInt8]) -> Fault {
        let kind = type.split(separator: ";").first.map { words.beginning(String($0), upTo: 60) } ?? "an unnamed type"
        let beginning = words.quoted(String(decoding: bytes, as: UTF8.self))
        let found =
            bytes.isEmpty
            ? "answers with an empty body (\(kind))"
            : "answers with \(kind) that is not JSON" + (beginning.isEmpty ? "" : ": \(beginning)")
        return garbled(found, hint: "Check \(settings).base_url (\(address)): is it the beginning of its API?")
    }

    /// JSON that is not what the API promises, or an error inside it.
    func surprise(_ surprise: WireSurprise) -> Fault {
        switch surprise {
        case .serverError(let message):
            Fault(
                .expertFailed, id,
                "says \"\(words.beginning(message, upTo: Self.longestMessage))\" in place of an answer",
                hint: seeLog)
        case .unexpected(let found): garbled(found, hint: "Check \(settings).kind: it is \(spec.card.kind.rawValue)")
        case .notJSON(let text):
            garbled("sent an event that is not JSON: \(words.quoted(text))", hint: seeLog)
        case .tooLong(let limit): garbled("sent an event of more than \(limit >> 20) MiB", hint: seeLog)
        }
    }

    /// A stream that stopped without its end.
    func cutOff(pieces: Int, isMidEvent: Bool) -> Fault {
        let how = isMidEvent ? "in the middle of an event" : "without an end mark"
        return Fault(.expertCutOff, id, "ended its answer \(how), after \(pieces) pieces", hint: seeLog)
    }
}

extension String? {
    fileprivate var orEmpty: String { self ?? "" }
}

extension Attempt.Clock {
    init(_ name: HTTPClocks.Name) {
        switch name {
        case .connect: self = .connect
        case .firstByte: self = .firstToken
        case .idle: self = .idle
        case .total: self = .total
        }
    }
}
