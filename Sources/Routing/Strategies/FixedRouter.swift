public import Core

/// Recruits named experts, always the same: a baseline, a single expert by name, or everybody for a vote.
public struct FixedRouter: RoutingStrategy {
    private let members: [ExpertID]

    public let name = RoutingPlan.Strategy.fixed.rawValue

    /// - Parameter members: who sits, in order, repeats allowed; empty for everybody.
    public init(members: [ExpertID]) { self.members = members }

    public func recruit(for need: Need, from pool: [Contender], seed: UInt64) throws -> Recruitment {
        let present = Set(pool.map(\.card.id))
        let wanted = members.isEmpty ? pool.map(\.card.id) : members
        let seated = wanted.filter(present.contains)
        return Recruitment(
            strategy: name, seats: seated.map { .init(expert: $0, probability: 1) }, seed: seed,
            reason: seated.count == wanted.count
                ? "named by the route" : "named by the route; \(wanted.count - seated.count) cannot answer now")
    }
}
