public import Core

/// A way of routing that recorded traces are to judge: an entry of `routing:`, a strategy by its bare name, or one expert
/// alone.
public struct StoredPolicy: Sendable, Hashable {
    /// As typed.
    public var name: String
    public var plan: RoutingPlan

    public init(name: String, plan: RoutingPlan) {
        self.name = name
        self.plan = plan
    }

    private static let alone = "single:"

    /// Reads names; all entries of `routing:` for none.
    ///
    /// - Parameters:
    ///   - seats: in place of those of the entries; strategies that name their members keep theirs.
    ///   - routings: the entries of `routing:` by name.
    /// - Throws: a `Fault` with the nearest name.
    public static func read(
        _ names: [String], seats: Int?, among routings: [String: RoutingPlan], experts: [ExpertID]
    ) throws -> [StoredPolicy] {
        if let seats, !(1...64).contains(seats) {
            throw Fault(.invalidRequest, "seats", "is \(seats)", expected: "A whole number from 1 to 64 is expected")
        }
        var known = routings
        for strategy in RoutingPlan.Strategy.allCases where known[strategy.rawValue] == nil {
            known[strategy.rawValue] = RoutingPlan(strategy: strategy, seats: strategy == .value ? 1 : 3)
        }
        let wanted = names.isEmpty ? routings.keys.sorted() : names
        return try wanted.map { name in
            var plan = try self.plan(named: name, known, experts)
            if plan.strategy != .fixed { plan.seats = seats ?? plan.seats }
            return StoredPolicy(name: name, plan: plan)
        }
    }

    private static func plan(
        named name: String, _ known: [String: RoutingPlan], _ experts: [ExpertID]
    ) throws -> RoutingPlan {
        if let plan = known[name] { return plan }
        guard name.hasPrefix(alone) else {
            throw Fault.unknown(
                .invalidRequest, "strategy", named: String(name.prefix(80)), among: known.keys.sorted(),
                hint: "Or single:<expert> for one expert alone")
        }
        let expert = ExpertID(String(name.dropFirst(alone.count)))
        guard experts.contains(expert) else {
            throw Fault.unknown(
                .unknownExpert, "expert", named: String(expert.rawValue.prefix(80)), among: experts.map(\.rawValue))
        }
        return RoutingPlan(strategy: .fixed, seats: 1, members: [expert])
    }
}
