import Core
import Hummingbird
import Logging
import Pipeline

/// `/admin/experts`: who answers, at what price, and who is to pause.
struct AdminExperts: Sendable {
    let directory: ExpertDirectory
    let steward: (any Steward)?
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
    }

    func list() async throws -> Response {
        .json(try JSONText.of(Listing(data: await directory.states().map(line))))
    }

    /// Tries the expert at everything; minutes may pass.
    func test(_ id: ExpertID) async throws -> Response {
        try check(id)
        guard let steward else { throw AdminParts.nobodyDoes }
        let report = try await steward.test(id)
        logger.notice(
            "expert tested", metadata: ["expert": "\(id)", "calls": "\(report.calls)", "dollars": "\(report.dollars)"])
        return .json(try JSONText.of(report))
    }

    private func check(_ id: ExpertID) throws {
        let ids = directory.experts.map(\.card.id)
        guard ids.contains(id) else {
            throw Fault.unknown(
                .unknownExpert, "expert", named: String(id.rawValue.prefix(80)), among: ids.map(\.rawValue),
                hint: "GET /admin/experts lists all")
        }
    }

    func set(_ id: ExpertID, isPaused: Bool) async throws -> Response {
        try check(id)
        directory.pauses.set(id, isPaused: isPaused)
        logger.notice("expert \(isPaused ? "paused" : "resumed")", metadata: ["expert": "\(id)"])
        guard let state = await directory.states().first(where: { $0.card.id == id }) else {
            throw Fault(.unknownExpert, id.rawValue, "is not there any more")
        }
        return .json(try JSONText.of(line(state)))
    }

    private func line(_ state: (card: ExpertCard, health: ExpertHealth)) -> Line {
        let card = state.card
        var line = Line(
            id: card.id.rawValue, kind: card.kind.rawValue, model: card.model, state: "ready", price: card.price,
            priceVersion: card.price.version)
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
