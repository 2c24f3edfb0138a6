public import Core

extension RoutingPlan {
    /// The strategy that this plan names.
    public func makeStrategy() -> any RoutingStrategy {
        switch strategy {
        case .skill: SkillRouter(self)
        case .value: ValueRouter(self)
        case .fixed: FixedRouter(members: members)
        case .random: RandomRouter(self)
        }
    }
}
