public import Core

/// How far a run is.
public struct RunProgress: Sendable, Hashable {
    /// Answers that are in, of all that the run needs. What a synthesis needs is known, and counted, once every seat has
    /// answered.
    public var done: Int
    public var total: Int
    /// Who is being visited.
    public var expert: ExpertID
    /// Of the expert being visited.
    public var expertDone: Int
    public var expertTotal: Int
    /// Answers cut by their token limit.
    public var cut: Int
    /// Answers that are faults.
    public var failed: Int
    public var dollars: Double
    /// What each expert has to do in this phase, in the order of the visits.
    public var queues: [Queue]

    /// One expert's list.
    public struct Queue: Sendable, Hashable {
        public var expert: ExpertID
        public var done: Int
        public var total: Int
        /// It is being visited.
        public var isOpen: Bool
    }
}
