public import Core

/// The experts by id, in the order of the configuration.
public struct ExpertDirectory: Sendable {
    /// All experts in order.
    public let experts: [any Expert]
    /// Those that are not to be asked for now.
    public let pauses: ExpertPauses
    private let byID: [ExpertID: any Expert]

    /// - Parameters:
    ///   - experts: with distinct ids; of two with one id the first is found.
    ///   - pauses: shared with directories of the same experts.
    public init(_ experts: [any Expert], pauses: ExpertPauses = ExpertPauses()) {
        self.experts = experts
        self.pauses = pauses
        byID = Dictionary(experts.map { ($0.card.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The expert with this id; nil if there is none.
    public subscript(id: ExpertID) -> (any Expert)? { byID[id] }

    /// The expert with this id.
    ///
    /// - Throws: `unknownExpert` with the nearest id.
    public func expert(_ id: ExpertID) throws -> any Expert {
        guard let expert = byID[id] else {
            throw Fault.unknown(
                .unknownExpert, "expert", named: id.rawValue, among: experts.map(\.card.id.rawValue),
                hint: "muster expert list shows all")
        }
        guard !pauses.contains(id) else { throw Fault(.expertResting, id.rawValue, ExpertPauses.reason) }
        return expert
    }

    /// The cards of some experts, of all for none, and what is known of their state; in the order of the configuration.
    public func states(of ids: [ExpertID] = []) async -> [(card: ExpertCard, health: ExpertHealth)] {
        let some: [any Expert] =
            switch ids.count {
            case 0: experts
            case 1: byID[ids[0]].map { [$0] } ?? []
            default: experts.filter { ids.contains($0.card.id) }
            }
        var states: [(ExpertCard, ExpertHealth)] = []
        for expert in some {
            let isPaused = pauses.contains(expert.card.id)
            states.append((expert.card, isPaused ? .unusable(ExpertPauses.reason) : await expert.health()))
        }
        return states
    }
}
