public import Core
private import Gating

/// Seats no more than a few experts of one family, so that those who learned from the same texts do not outvote others.
///
/// Best first, an expert whose family holds `limit` seats is passed over (`SpreadAcrossGroups`). Families are read from the
/// experts' names (`ModelFamilies`), or named. The gate's counterpart for tokens is GroupLimit (arXiv:2412.19437), which
/// keeps experts together; spreading questions over families is ours. A limit as large as the seats changes nothing.
public struct SpreadSeats: RouterLearner {
    private let base: any RouterLearner
    private let limit: Int
    private let families: [ExpertID: String]

    /// Wraps `base`.
    /// - Parameters:
    ///   - limit: the most seats of a family, 1 or more.
    ///   - families: the family of experts whose name does not say it.
    public init(_ base: any RouterLearner, limit: Int = 1, families: [ExpertID: String] = [:]) {
        precondition(limit >= 1, "a family may hold one seat or more")
        self.base = base
        self.limit = limit
        self.families = families
    }

    public var name: String { "spread(\(base.name))" }

    public var seesCategory: Bool { base.seesCategory }

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        SpreadRouter(
            inner: try base.learn(from: evidence, seed: seed), limit: limit,
            groups: ModelFamilies.groups(of: evidence.experts.map(\.id), named: families))
    }
}

private struct SpreadRouter: GatedRouter {
    let inner: any LearnedRouter
    let limit: Int
    /// The family's number of each expert, `[experts]`.
    let groups: [Int]

    func recruit(for view: QuestionView, seats: Int, using random: inout SeededRandom) throws -> SeatPlan {
        let gate = try Gate(
            normaliser: Identity(), selector: SpreadAcrossGroups(count: seats, limit: limit, groups: groups))
        return try plan(view.masked(expectations(for: view)), through: gate)
    }
}
