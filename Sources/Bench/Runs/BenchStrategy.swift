public import Core

/// How a run chooses experts and makes one answer: what follows `--strategy`.
public struct BenchStrategy: Sendable, Hashable {
    /// As typed.
    public let name: String
    public let routing: RoutingPlan
    public internal(set) var aggregation: AggregationPlan
    /// The route, if one was named: a writer that was chosen for it writes.
    public let route: RouteName?
    /// Only these take part; empty for all experts of the run.
    let members: [ExpertID]
    /// Who writes where the plan names nobody: the first of these that was recruited. Set when a run starts.
    var writers: [ExpertID] = []

    /// The forms that are understood, for help and errors.
    public static let forms = [
        "single:<expert>", "self:<expert>", "skill", "vote", "value", "random", "synthesis:<expert>", "route:<name>",
    ]

    /// Reads a strategy.
    ///
    /// - Parameters:
    ///   - seats: how many experts are recruited where the strategy leaves it open, 1 or more.
    ///   - experts: those that take part.
    ///   - trim: the share of all seats below which an expert loses its seats, 0...1; `skill` and `synthesis` only.
    /// - Throws: a `Fault` with the nearest valid name.
    public init(_ text: String, seats: Int, experts: [ExpertID], routes: [Route], trim: Double = 0) throws {
        guard seats >= 1 else {
            throw Fault(.invalidRequest, "seats", "is \(seats)", expected: "At least one expert is recruited")
        }
        guard (0...1).contains(trim) else {
            throw Fault(.invalidRequest, "trim", "is \(trim)", expected: "It is a share of all seats, 0 to 1")
        }
        name = text
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        let argument = parts.count > 1 ? parts[1] : nil
        var plan = RoutingPlan(strategy: .skill, seats: seats)
        var aggregation = AggregationPlan(method: .vote)
        var named: Route?
        switch (parts.first, argument) {
        case ("single", let expert?):
            plan = RoutingPlan(strategy: .fixed, seats: 1, members: [try Self.known(expert, experts)])
        case ("self", let expert?):
            // Self-consistency, arXiv:2203.11171: as many answers of one expert as there are seats, and a vote.
            let member = try Self.known(expert, experts)
            plan = RoutingPlan(strategy: .fixed, seats: seats, members: Array(repeating: member, count: seats))
        case ("skill", nil): plan.trim = trim
        case ("synthesis", let expert?):
            plan.trim = trim
            aggregation = AggregationPlan(method: .synthesis, writer: try Self.known(expert, experts))
        case ("vote", nil): plan = RoutingPlan(strategy: .fixed, members: experts)
        case ("value", nil): plan = RoutingPlan(strategy: .value, seats: 1)
        case ("random", nil): plan.strategy = .random
        case ("route", let name?):
            guard let route = routes.first(where: { $0.name.rawValue == name }) else {
                throw Fault.unknown(.invalidRequest, "route", named: name, among: routes.map(\.name.rawValue))
            }
            named = route
            plan = route.routing
            aggregation = route.aggregation
        default:
            throw Fault.unknown(.invalidRequest, "strategy", named: text, among: Self.forms)
        }
        routing = plan
        self.aggregation = aggregation
        route = named?.name
        members = named?.experts ?? []
    }

    /// The experts of a run that this strategy lets take part, in the run's order.
    ///
    /// - Throws: a `Fault` if that is nobody.
    func participants(of experts: [ExpertID]) throws -> [ExpertID] {
        let allowed = members.isEmpty ? experts : experts.filter(members.contains)
        guard !allowed.isEmpty else {
            throw Fault(
                .noExpert, "strategy \(name)", "none of the run's experts takes part in it",
                expected: members.isEmpty ? nil : "Name one of " + members.map(\.rawValue).joined(separator: ", "))
        }
        return allowed
    }

    private static func known(_ expert: String, _ experts: [ExpertID]) throws -> ExpertID {
        guard experts.contains(ExpertID(expert)) else {
            throw Fault.unknown(.unknownExpert, "expert", named: expert, among: experts.map(\.rawValue))
        }
        return ExpertID(expert)
    }
}
