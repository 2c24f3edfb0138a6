import Core

extension AggregationPlan {
    /// Plans that routes may name without writing them down; an entry of the same name replaces one.
    static let builtIn: [String: AggregationPlan] = [
        "vote": AggregationPlan(), "synthesis": AggregationPlan(method: .synthesis),
    ]

    /// One entry of `aggregation:`
    init(_ setting: Setting, experts: ExpertNames) {
        self.init()
        guard let group = SettingGroup(setting, .aggregation) else { return }
        method = group["method"]?.choice(Method.self, "method") ?? method
        weights = group["weights"]?.choice(Weights.self, "kind of weights") ?? weights
        writer = group["by"].flatMap(experts.expert)
        if method == .vote {
            group["by"]?.warn("nobody writes in a vote", fix: "Write method: synthesis, or leave it out")
        }
    }
}
