/// Of which questions a second expert is asked too, off their way, and what that may cost.
public struct ShadowPolicy: Sendable, Hashable {
    /// Of all questions that were answered, 0...1.
    public var share: Double
    /// Only these routes; empty for all.
    public var routes: [RouteName]
    /// Only these are asked; empty for all that take part in the route.
    public var experts: [ExpertID]
    /// What a day (UTC) may cost at most.
    public var dollarsPerDay: Double
    public var callsPerDay: Int
    /// Asked at a time; what comes meanwhile is passed over.
    public var concurrent: Int

    public init(
        share: Double, routes: [RouteName] = [], experts: [ExpertID] = [], dollarsPerDay: Double = 1,
        callsPerDay: Int = 1_000, concurrent: Int = 2
    ) {
        self.share = share
        self.routes = routes
        self.experts = experts
        self.dollarsPerDay = dollarsPerDay
        self.callsPerDay = callsPerDay
        self.concurrent = concurrent
    }
}
