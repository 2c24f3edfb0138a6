import Core

/// `routing:`, `aggregation:`, `budgets:` and `routes:`, joined into routes.
struct RouteSection {
    let routings: [String: RoutingPlan]
    private let aggregations: [String: AggregationPlan]
    private let budgets: [String: Budget]
    private let experts: ExpertNames
    /// Calls that go to finding out what a question needs.
    private let annotationCalls: Int
    /// In the order of the file; `auto` is always among them.
    private(set) var routes: [Route] = []

    /// The route that exists without being written down.
    private static let usual: RouteName = "auto"

    init(_ root: SettingGroup, experts: ExpertNames, skills: SkillSettings) {
        self.experts = experts
        annotationCalls = skills.annotator == nil ? 0 : skills.votes
        routings = Self.read(root["routing"], besides: RoutingPlan.builtIn) { RoutingPlan($0, experts: experts) }
        aggregations = Self.read(root["aggregation"], besides: AggregationPlan.builtIn) {
            AggregationPlan($0, experts: experts)
        }
        budgets = Self.read(root["budgets"], besides: [:]) { Budget($0) }
        routes = NamedSettings(root["routes"]).entries.map { route($0.name, $0.setting) }
        if !routes.contains(where: { $0.name == Self.usual }) {
            // With fewer than three experts the paper's three seats still make sense: an expert may hold several.
            routes.insert(Route(name: Self.usual, fallback: experts.ids.first), at: 0)
            if experts.ids.contains(ExpertID(Self.usual.rawValue)) {
                root["experts"]?.refuse(
                    "an expert is called \(Self.usual), as the route that always exists",
                    fix: "Clients could not tell them apart: rename the expert")
            }
        }
    }

    /// Entries by name; those that exist without being written down where nothing replaces them.
    private static func read<Plan>(
        _ setting: Setting?, besides builtIn: [String: Plan], _ plan: (Setting) -> Plan
    ) -> [String: Plan] {
        var plans = builtIn
        for (name, setting) in NamedSettings(setting).entries { plans[name] = plan(setting) }
        return plans
    }

    private func route(_ name: String, _ setting: Setting) -> Route {
        var route = Route(name: RouteName(name))
        if experts.ids.contains(ExpertID(name)) {
            setting.refuse("an expert is called \(name) too", fix: "Clients could not tell them apart: rename one")
        }
        guard let group = SettingGroup(setting, .route) else { return route }
        route.routing = group["routing"].flatMap { named($0, in: routings, "routing") } ?? route.routing
        route.aggregation =
            group["aggregation"].flatMap { named($0, in: aggregations, "aggregation") } ?? route.aggregation
        route.budget = group["budget"].flatMap { named($0, in: budgets, "budgets") } ?? route.budget
        route.fallback = group["fallback"].flatMap(experts.expert)
        route.experts = group["experts"]?.list().compactMap(experts.expert) ?? []
        route.retries = group["retries"]?.whole(0...100)
        route.hedge = HedgePolicy(group["hedge"])
        checkCalls(route, setting)
        checkMembers(route, setting)
        return route
    }

    /// A route whose seats alone use up its calls never gets its whole answer.
    private func checkCalls(_ route: Route, _ setting: Setting) {
        guard let most = route.budget.calls else { return }
        let plan = route.routing
        let taking = route.experts.isEmpty ? experts.ids : route.experts
        var seats = plan.seats
        if plan.strategy == .fixed { seats = plan.members.isEmpty ? taking.count : plan.members.count }
        let synthesis = route.aggregation.method == .synthesis ? 1 : 0
        let calls = seats + annotationCalls + synthesis
        guard calls > most else { return }
        var parts = ["\(seats) for seats"]
        if annotationCalls > 0 { parts.append("\(annotationCalls) for annotation") }
        if synthesis > 0 { parts.append("1 for synthesis") }
        setting.warn(
            "the route makes \(calls) calls (\(parts.joined(separator: ", "))), its budget allows \(most)",
            fix: "Raise calls in its budget, or lower its seats")
    }

    /// A fixed strategy can seat only those who take part in the route.
    private func checkMembers(_ route: Route, _ setting: Setting) {
        guard route.routing.strategy == .fixed, !route.experts.isEmpty else { return }
        let absent = route.routing.members.filter { !route.experts.contains($0) }
        if let first = absent.first {
            setting.refuse(
                "its routing seats \(first), its experts leave \(first) out",
                fix: "Add \(first) to experts, or choose another routing")
        }
    }

    private func named<Plan>(_ setting: Setting, in known: [String: Plan], _ section: String) -> Plan? {
        guard let name = setting.text() else { return nil }
        if let plan = known[name] { return plan }
        let meant = Setting.meant(name, among: known.keys.sorted())
        let shown = known.keys.sorted().prefix(20).joined(separator: ", ")
        setting.refuse(
            "there is no \(setting.written.quoted) under \(section):",
            fix: !meant.isEmpty ? meant : known.isEmpty ? "Add it there" : "There are \(shown)")
        return nil
    }
}
