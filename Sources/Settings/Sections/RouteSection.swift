import Core

/// `routing:`, `aggregation:`, `budgets:` and `routes:`, joined into routes.
struct RouteSection {
    private var routings: [String: RoutingPlan] = [:]
    private var aggregations: [String: AggregationPlan] = [:]
    private var budgets: [String: Budget] = [:]
    private let experts: [ExpertID]
    private(set) var routes: [Route] = []

    init(_ root: SettingGroup, experts: [ExpertID]) {
        self.experts = experts
        for (name, setting) in NamedSettings(root["routing"]).entries { routings[name] = plan(setting) }
        for (name, setting) in NamedSettings(root["aggregation"]).entries { aggregations[name] = aggregation(setting) }
        for (name, setting) in NamedSettings(root["budgets"]).entries { budgets[name] = Budget(setting) }
        routes = NamedSettings(root["routes"]).entries.map { route($0.name, $0.setting) }
        if !routes.contains(where: { $0.name == "auto" }) {
            // With fewer than three experts the paper's three seats still make sense: an expert may hold several.
            routes.insert(Route(name: "auto", fallback: experts.first), at: 0)
        }
    }

    private func route(_ name: String, _ setting: Setting) -> Route {
        var route = Route(name: RouteName(name))
        if experts.contains(ExpertID(name)) {
            setting.refuse("an expert is called \(name) too", fix: "Clients could not tell them apart: rename one")
        }
        guard let group = SettingGroup(
            setting, known: ["routing", "aggregation", "budget", "fallback", "experts"])
        else { return route }
        route.routing = group["routing"].flatMap { named($0, in: routings, "routing") } ?? route.routing
        route.aggregation = group["aggregation"].flatMap { named($0, in: aggregations, "aggregation") } ?? route.aggregation
        route.budget = group["budget"].flatMap { named($0, in: budgets, "budgets") } ?? route.budget
        route.fallback = group["fallback"].flatMap(expert)
        route.experts = group["experts"]?.list().compactMap(expert) ?? []
        check(route, setting)
        return route
    }

    private func check(_ route: Route, _ setting: Setting) {
        let writes = route.aggregation.method == .synthesis ? 1 : 0
        let seats = route.routing.strategy == .fixed ? route.routing.members.count : route.routing.seats
        if let calls = route.budget.calls, seats + writes > calls {
            setting.refuse(
                "its \(seats) seats\(writes == 1 ? " and a synthesis" : "") need \(seats + writes) calls, its budget allows \(calls)",
                fix: "Raise the budget's calls or lower the seats", severity: .warning)
        }
    }

    private func named<Value>(_ setting: Setting, in known: [String: Value], _ section: String) -> Value? {
        guard let name = setting.text() else { return nil }
        if let value = known[name] { return value }
        let meant = NearestName.of(name, among: known.keys).map { "Did you mean \($0)?" }
        setting.refuse(
            "there is no \(section).\(name)", fix: meant ?? (known.isEmpty
                ? "Add it under \(section):" : "There are \(known.keys.sorted().joined(separator: ", "))"))
        return nil
    }

    private func expert(_ setting: Setting) -> ExpertID? {
        guard let name = setting.text() else { return nil }
        if experts.contains(ExpertID(name)) { return ExpertID(name) }
        let meant = NearestName.of(name, among: experts.map(\.rawValue)).map { "Did you mean \($0)?" }
        setting.refuse(
            "there is no expert \(name)", fix: meant ?? "There are \(experts.map(\.rawValue).joined(separator: ", "))")
        return nil
    }

    private func plan(_ setting: Setting) -> RoutingPlan {
        var plan = RoutingPlan()
        guard let group = SettingGroup(
            setting,
            known: ["strategy", "seats", "draw", "repeats", "normaliser", "seed", "members", "price_weight", "trim"],
            later: ["table", "otherwise", "order", "accept_at"])
        else { return plan }
        plan.strategy = group["strategy"]?.choice(RoutingPlan.Strategy.self) ?? plan.strategy
        plan.seats = plan.strategy == .value ? 1 : plan.seats
        plan.seats = group["seats"]?.whole(1...64) ?? plan.seats
        plan.draw = group["draw"]?.choice(RoutingPlan.Draw.self) ?? plan.draw
        plan.repeats = group["repeats"]?.flag() ?? plan.repeats
        plan.normaliser = group["normaliser"]?.choice(RoutingPlan.Normaliser.self) ?? plan.normaliser
        plan.seed = (group["seed"]?.whole(0...Int(1) << 53)).map(UInt64.init)
        plan.members = group["members"]?.list().compactMap(expert) ?? []
        plan.priceWeight = group["price_weight"]?.number(0...1) ?? plan.priceWeight
        plan.trim = group["trim"]?.number(0...1) ?? plan.trim
        return plan
    }

    private func aggregation(_ setting: Setting) -> AggregationPlan {
        var plan = AggregationPlan()
        guard let group = SettingGroup(setting, known: ["method", "weights", "by"]) else { return plan }
        plan.method = group["method"]?.choice(AggregationPlan.Method.self) ?? plan.method
        plan.weights = group["weights"]?.choice(AggregationPlan.Weights.self) ?? plan.weights
        plan.writer = group["by"].flatMap(expert)
        return plan
    }
}

extension Budget {
    fileprivate init(_ setting: Setting) {
        self.init()
        guard let group = SettingGroup(setting, known: ["cost", "time", "calls"]) else { return }
        cost = group["cost"]?.number(0...1_000_000)
        time = group["time"]?.duration()
        calls = group["calls"]?.whole(1...10_000)
    }
}
