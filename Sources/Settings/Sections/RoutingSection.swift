import Core

extension RoutingPlan {
    /// Plans that routes may name without writing them down; an entry of the same name replaces one.
    static let builtIn: [String: RoutingPlan] = [
        "skill": RoutingPlan(), "value": RoutingPlan(strategy: .value, seats: 1),
        "random": RoutingPlan(strategy: .random),
    ]

    /// Seeds are traced as JSON numbers, which are exact up to here.
    private static let largestSeed = 1 << 53

    /// One entry of `routing:`
    init(_ setting: Setting, experts: ExpertNames) {
        self.init()
        guard let group = SettingGroup(setting, .routing) else { return }
        strategy = group["strategy"]?.choice(Strategy.self, "strategy", later: ["category", "cascade"]) ?? strategy
        if strategy == .value { seats = 1 }
        seats = group["seats"]?.whole(1...64) ?? seats
        draw = group["draw"]?.choice(Draw.self, "draw") ?? draw
        repeats = group["repeats"]?.flag() ?? repeats
        normaliser = group["normaliser"]?.choice(Normaliser.self, "normaliser") ?? normaliser
        seed = group["seed"]?.whole(0...Self.largestSeed).map { UInt64($0) }
        members = group["members"]?.list().compactMap(experts.expert) ?? []
        priceWeight = group["price_weight"]?.number(0...1) ?? priceWeight
        trim = group["trim"]?.number(0...1) ?? trim
        checkFit(group)
    }

    /// Warns of settings that the strategy does not look at.
    private func checkFit(_ group: SettingGroup) {
        let readers: [(name: String, strategies: [Strategy])] = [
            ("members", [.fixed]), ("price_weight", [.value]), ("trim", [.skill]), ("draw", [.skill]),
            ("normaliser", [.skill]), ("repeats", [.skill, .random]), ("seats", [.skill, .value, .random]),
        ]
        for (name, strategies) in readers where group.has(name) && !strategies.contains(strategy) {
            group[name]?.warn(
                "strategy \(strategy.rawValue) does not look at \(name)",
                fix: "Leave it out, or choose strategy \(strategies.map(\.rawValue).orList)")
        }
    }
}
