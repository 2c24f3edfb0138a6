public import Core

/// How a run chooses experts and makes one answer: what follows `--strategy`.
public struct BenchStrategy: Sendable, Hashable {
    /// As typed.
    public let name: String
    public let routing: RoutingPlan
    public let aggregation: AggregationPlan

    /// The forms that are understood, for help and errors.
    public static let forms = ["single:<expert>", "skill", "vote", "value", "random", "synthesis:<expert>", "route:<name>"]

    /// Reads a strategy.
    ///
    /// - Parameter seats: how many experts are recruited where the strategy leaves it open.
    /// - Throws: a `Fault` with the nearest valid name.
    public init(_ text: String, seats: Int, experts: [ExpertID], routes: [Route], trim: Double = 0) throws {
        name = text
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        let argument = parts.count > 1 ? parts[1] : nil
        switch (parts.first, argument) {
        case ("single", let expert?):
            routing = RoutingPlan(strategy: .fixed, seats: 1, members: [try Self.known(expert, experts)])
            aggregation = AggregationPlan(method: .vote)
        case ("skill", nil):
            routing = RoutingPlan(strategy: .skill, seats: seats, trim: trim)
            aggregation = AggregationPlan(method: .vote)
        case ("synthesis", let expert?):
            routing = RoutingPlan(strategy: .skill, seats: seats, trim: trim)
            aggregation = AggregationPlan(method: .synthesis, writer: try Self.known(expert, experts))
        case ("vote", nil):
            routing = RoutingPlan(strategy: .fixed, members: experts)
            aggregation = AggregationPlan(method: .vote)
        case ("value", nil):
            routing = RoutingPlan(strategy: .value, seats: 1)
            aggregation = AggregationPlan(method: .vote)
        case ("random", nil):
            routing = RoutingPlan(strategy: .random, seats: seats)
            aggregation = AggregationPlan(method: .vote)
        case ("route", let name?):
            guard let route = routes.first(where: { $0.name.rawValue == name }) else {
                throw Fault.unknown(.invalidRequest, "route", named: name, among: routes.map(\.name.rawValue))
            }
            routing = route.routing
            aggregation = route.aggregation
        default:
            throw Fault.unknown(.invalidRequest, "strategy", named: text, among: Self.forms)
        }
    }

    private static func known(_ expert: String, _ experts: [ExpertID]) throws -> ExpertID {
        guard experts.contains(ExpertID(expert)) else {
            throw Fault.unknown(.unknownExpert, "expert", named: expert, among: experts.map(\.rawValue))
        }
        return ExpertID(expert)
    }
}
