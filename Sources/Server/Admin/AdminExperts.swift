import Core
import Hummingbird
import Logging
import Pipeline

/// `/admin/experts`: who answers, at what price, who is to pause, come and go.
struct AdminExperts: Sendable {
    let directory: ExpertDirectory
    let steward: (any Steward)?
    let desk: (any ExpertDesk)?
    let limits: RequestLimits
    let time: TimeSource
    let entropy: @Sendable () -> UInt64
    let logger: Logger

    private struct Listing: Encodable {
        var object = "list"
        var data: [Line]
    }

    private struct Line: Encodable {
        var id: String
        var kind: String
        var model: String
        /// `ready`, `resting`, `unusable`, `paused`.
        var state: String
        var because: String?
        var price: Price
        var priceVersion: String
        /// What it was found to do.
        var capabilities: [CapabilityFinding] = []
        /// The skills in which it fell.
        var demoted: [String] = []
        /// True if it was added, and can be removed; false if the configuration names it.
        var added: Bool
    }

    /// What became of an order.
    private struct Receipt: Encodable {
        var id: String
        /// `added` or `removed`.
        var done: String
    }

    func list() async throws -> Response {
        let added = try await desk?.added() ?? []
        return .json(try JSONText.of(Listing(data: await directory.states().map { line($0, added) })))
    }

    /// Keeps a new expert, with the entry that it would have in the configuration.
    func add(_ request: Request) async throws -> Response {
        var fields = try RequestFields(try await limits.json(of: request), at: "")
        guard let id = try fields.text("id"), !id.isEmpty, id.utf8.count <= 200 else {
            throw Fault(
                .invalidRequest, "id", "it is missing or too long", expected: "The new expert's id is expected")
        }
        guard let definition = fields.take("definition"), case .object = definition else {
            throw Fault(
                .invalidRequest, "definition", "it is missing",
                expected: "An object as it would stand under experts.\(id.prefix(80)) is expected",
                hint: #"{"base_url": "http://127.0.0.1:9001/v1", "model": "…", "api_key": "${env.NAME}"}"#)
        }
        let replaces = try fields.flag("replace") ?? false
        try fields.refuseOthers(known: ["id", "definition", "replace"])
        let text = String(decoding: JSONText.bytes(of: definition), as: UTF8.self)
        do {
            try await checkedDesk().add(ExpertID(id), definition: text, replaces: replaces)
        } catch let fault as Fault where fault.code == .invalidSettings {
            // Wrong is what was sent, not what the service runs with.
            throw Refusal(.badRequest, code: fault.code.rawValue, fault.sentence, param: "definition")
        }
        logger.notice("expert added", metadata: ["expert": "\(id)"])
        return .json(try JSONText.of(Receipt(id: id, done: "added")), status: .created)
    }

    func remove(_ id: ExpertID) async throws -> Response {
        try await checkedDesk().remove(id)
        logger.notice("expert removed", metadata: ["expert": "\(id)"])
        return .json(try JSONText.of(Receipt(id: id.rawValue, done: "removed")))
    }

    /// Tries the expert at everything and keeps what is found, where somebody keeps it; minutes may pass. Paused and
    /// resting ones are tried too.
    func test(_ id: ExpertID) async throws -> Response {
        guard let expert = directory[id] else { throw unknown(id) }
        let report =
            if let steward { try await steward.test(id) } else {
                try await ExpertTrial(time: time, seed: entropy()).run(expert)
            }
        logger.notice(
            "expert tested", metadata: ["expert": "\(id)", "calls": "\(report.calls)", "dollars": "\(report.dollars)"])
        return .json(try JSONText.of(report))
    }

    private func checkedDesk() throws(Fault) -> any ExpertDesk {
        guard let desk else {
            throw Fault(.unsupported, "experts", "they are neither added nor removed here", hint: "muster expert add")
        }
        return desk
    }

    private func unknown(_ id: ExpertID) -> Fault {
        Fault.unknown(
            .unknownExpert, "expert", named: String(id.rawValue.prefix(80)),
            among: directory.experts.map(\.card.id.rawValue), hint: "GET /admin/experts lists all")
    }

    func set(_ id: ExpertID, isPaused: Bool) async throws -> Response {
        guard directory[id] != nil else { throw unknown(id) }
        directory.pauses.set(id, isPaused: isPaused)
        logger.notice("expert \(isPaused ? "paused" : "resumed")", metadata: ["expert": "\(id)"])
        guard let state = await directory.states().first(where: { $0.card.id == id }) else {
            throw Fault(.unknownExpert, id.rawValue, "is not there any more")
        }
        return .json(try JSONText.of(line(state, try await desk?.added() ?? [])))
    }

    private func line(_ state: (card: ExpertCard, health: ExpertHealth), _ added: Set<ExpertID>) -> Line {
        let card = state.card
        var line = Line(
            id: card.id.rawValue, kind: card.kind.rawValue, model: card.model, state: "ready", price: card.price,
            priceVersion: card.price.version, added: added.contains(card.id))
        switch state.health {
        case .ready: break
        case .resting(_, let because): (line.state, line.because) = ("resting", because)
        case .unusable(let because): (line.state, line.because) = ("unusable", because)
        }
        line.capabilities = steward?.capabilities().findings(of: card.id) ?? []
        line.demoted = steward?.canaries().demotedSkills(of: card.id).map(\.rawValue) ?? []
        if directory.pauses.contains(card.id) { line.state = "paused" }
        return line
    }
}
