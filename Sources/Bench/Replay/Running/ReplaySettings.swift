/// What is replayed and how.
public struct ReplaySettings: Sendable {
    public var strategies: [Contestant]
    /// Each strategy is replayed with each number of seats.
    public var seats: [Int]
    public var experts: ExpertChoice
    public var folds: FoldPlan
    public var vote: VoteChoice
    /// Whether seats are left unasked once the vote is decided; only under rules whose weights add up.
    public var stopsWhenDecided = false
    /// Whether every decision is kept, for `ReplayFindings.writeDecisions`.
    public var keepsDecisions = false
    public var seed: UInt64
    /// The most questions that are learned from in a fold.
    public var mostLearned: Int
    /// An accuracy that covers a category.
    public var bar: Double

    public init(
        strategies: [Contestant], seats: [Int] = [1], experts: ExpertChoice = .all, folds: FoldPlan = .folds(5),
        vote: VoteChoice, seed: UInt64 = 1, mostLearned: Int = 15_000, bar: Double = 0.5
    ) {
        self.strategies = strategies
        self.seats = seats
        self.experts = experts
        self.folds = folds
        self.vote = vote
        self.seed = seed
        self.mostLearned = mostLearned
        self.bar = bar
    }
}
