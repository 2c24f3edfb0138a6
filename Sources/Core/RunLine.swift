/// A benchmark run in a list: how far it is and what came of it so far.
public struct RunLine: Sendable, Hashable, Codable {
    public var id: String
    public var suite: String
    public var strategy: String
    public var experts: [ExpertID]
    public var state: Run.State
    public var startedAt: Timestamp
    /// Nil while it runs, or if it was stopped.
    public var finishedAt: Timestamp?
    public var questions: Int
    /// Questions for which experts were recruited.
    public var recruited: Int
    /// Questions with an answer of at least one seat.
    public var answered: Int
    public var graded: Int
    public var strictlyRight: Int
    public var flexiblyRight: Int
    /// Final answers cut by their token limit.
    public var cut: Int
    /// Questions that nobody answered.
    public var failed: Int
    /// Answers of experts, and failures that were kept.
    public var calls: Int
    public var promptTokens: Int
    public var completionTokens: Int
    public var dollars: Double
    /// All visits to experts together.
    public var seconds: Double

    public init(
        id: String, suite: String, strategy: String, experts: [ExpertID], state: Run.State, startedAt: Timestamp,
        finishedAt: Timestamp?, questions: Int, recruited: Int, answered: Int, graded: Int, strictlyRight: Int,
        flexiblyRight: Int, cut: Int, failed: Int, calls: Int, promptTokens: Int, completionTokens: Int,
        dollars: Double, seconds: Double
    ) {
        self.id = id
        self.suite = suite
        self.strategy = strategy
        self.experts = experts
        self.state = state
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.questions = questions
        self.recruited = recruited
        self.answered = answered
        self.graded = graded
        self.strictlyRight = strictlyRight
        self.flexiblyRight = flexiblyRight
        self.cut = cut
        self.failed = failed
        self.calls = calls
        self.promptTokens = promptTokens
        self.completionTokens = completionTokens
        self.dollars = dollars
        self.seconds = seconds
    }
}

/// What one expert did in a run.
public struct RunShare: Sendable, Hashable, Codable {
    public var expert: ExpertID
    public var calls: Int
    /// Calls whose failure was kept.
    public var failed: Int
    /// Answers cut by their token limit.
    public var cut: Int
    public var promptTokens: Int
    public var completionTokens: Int
    public var dollars: Double
    /// Times it was visited with a list of questions, and how long these took.
    public var visits: Int
    public var seconds: Double

    public init(
        expert: ExpertID, calls: Int, failed: Int, cut: Int, promptTokens: Int, completionTokens: Int, dollars: Double,
        visits: Int, seconds: Double
    ) {
        self.expert = expert
        self.calls = calls
        self.failed = failed
        self.cut = cut
        self.promptTokens = promptTokens
        self.completionTokens = completionTokens
        self.dollars = dollars
        self.visits = visits
        self.seconds = seconds
    }
}

/// How one question of a run ended, without what was said.
public struct RunMark: Sendable, Hashable, Codable {
    public var question: String
    public var isStrictlyRight: Bool
    public var isFlexiblyRight: Bool
    public var isCut: Bool
    public var hasFailed: Bool

    public init(
        question: String, isStrictlyRight: Bool, isFlexiblyRight: Bool, isCut: Bool, hasFailed: Bool
    ) {
        self.question = question
        self.isStrictlyRight = isStrictlyRight
        self.isFlexiblyRight = isFlexiblyRight
        self.isCut = isCut
        self.hasFailed = hasFailed
    }
}
