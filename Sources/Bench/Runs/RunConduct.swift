public import Core

/// How a run is carried out: what changes its cost and its pace, but not what it asks.
public struct RunConduct: Sendable {
    /// In which order the questions are asked.
    public enum Order: String, Sendable, Hashable, CaseIterable {
        /// Each expert is visited once with its whole list (arXiv:2503.05641, step G).
        case grouped
        /// Question by question, as they come: what grouping is measured against.
        case arrival
    }

    public var lanes: VisitLanes
    /// Dollars that the run may cost, earlier parts of it included; nil for no limit.
    public var budget: Double?
    public var order: Order
    /// Runs answers that are programs; nil if nobody can.
    public var programs: (any ProgramRunner)?
    /// Experts that take their list as a batch, where it is not asked in the order of arrival.
    public var takers: [ExpertID: any BatchTaker]
    /// Hears how batches stand.
    public var news: @Sendable (BatchNews) -> Void

    public init(
        lanes: VisitLanes = .single, budget: Double? = nil, order: Order = .grouped,
        programs: (any ProgramRunner)? = nil, takers: [ExpertID: any BatchTaker] = [:],
        news: @escaping @Sendable (BatchNews) -> Void = { _ in }
    ) {
        self.lanes = lanes
        self.budget = budget
        self.order = order
        self.programs = programs
        self.takers = takers
        self.news = news
    }
}
