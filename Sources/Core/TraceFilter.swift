/// Which traces somebody wants to see; nil asks for all.
public struct TraceFilter: Sendable, Hashable {
    public var route: String?
    /// Recruited, or called for another reason.
    public var expert: ExpertID?
    /// Needed by the question.
    public var skill: SkillName?
    public var outcome: Trace.Outcome?
    /// What all calls together cost at least, in dollars.
    public var leastDollars: Double?
    /// What all calls together cost at most, in dollars.
    public var mostDollars: Double?

    public init(
        route: String? = nil, expert: ExpertID? = nil, skill: SkillName? = nil, outcome: Trace.Outcome? = nil,
        leastDollars: Double? = nil, mostDollars: Double? = nil
    ) {
        self.route = route
        self.expert = expert
        self.skill = skill
        self.outcome = outcome
        self.leastDollars = leastDollars
        self.mostDollars = mostDollars
    }
}
