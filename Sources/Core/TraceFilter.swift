/// Which traces somebody wants to see; nil asks for all.
public struct TraceFilter: Sendable, Hashable {
    public var route: String?
    /// Recruited, or called for another reason.
    public var expert: ExpertID?
    public var outcome: Trace.Outcome?

    public init(route: String? = nil, expert: ExpertID? = nil, outcome: Trace.Outcome? = nil) {
        self.route = route
        self.expert = expert
        self.outcome = outcome
    }
}
