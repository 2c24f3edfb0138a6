/// One benchmark run: which questions were asked of whom, and what came back.
public struct Run: Sendable, Hashable, Codable {
    public enum State: String, Sendable, Hashable, Codable { case running, finished }

    /// Short, unique, typed by people: `gsm8k-7f3a`.
    public var id: String
    public var suite: String
    /// Fingerprint of the questions used, in order.
    public var data: String
    /// As given: `single:general`, `skill`, `vote`.
    public var strategy: String
    public var experts: [ExpertID]
    public var seed: UInt64
    /// The version of prompt and extractors.
    public var promptVersion: String
    public var questionCount: Int
    public var startedAt: Timestamp
    public var state: State
    /// Everything else a resumed run needs, as written by the runner (JSON).
    public var settings: String

    public init(
        id: String, suite: String, data: String, strategy: String, experts: [ExpertID], seed: UInt64,
        promptVersion: String, questionCount: Int, startedAt: Timestamp, state: State = .running,
        settings: String = "{}"
    ) {
        self.id = id
        self.suite = suite
        self.data = data
        self.strategy = strategy
        self.experts = experts
        self.seed = seed
        self.promptVersion = promptVersion
        self.questionCount = questionCount
        self.startedAt = startedAt
        self.state = state
        self.settings = settings
    }
}

/// Who was recruited for one question of a run; kept before anyone is asked, so that a resumed run asks the same.
public struct RunSeats: Sendable, Hashable, Codable {
    public var question: String
    public var need: Need
    public var recruitment: Recruitment

    public init(question: String, need: Need, recruitment: Recruitment) {
        self.question = question
        self.need = need
        self.recruitment = recruitment
    }
}

/// One answer of a run, kept the moment it arrives.
public struct RunAnswer: Sendable, Hashable, Codable {
    /// The question's id within the suite.
    public var question: String
    /// The seat it answers for; the synthesis, if any, sits after the last seat.
    public var seat: Int
    public var expert: ExpertID
    /// Nil if the expert failed; `fault` then says how.
    public var answer: Answer?
    public var fault: Fault?
    public var dollars: Double

    public init(
        question: String, seat: Int, expert: ExpertID, answer: Answer?, fault: Fault? = nil, dollars: Double = 0
    ) {
        self.question = question
        self.seat = seat
        self.expert = expert
        self.answer = answer
        self.fault = fault
        self.dollars = dollars
    }
}

/// How one question of a run ended.
public struct RunGrade: Sendable, Hashable, Codable {
    public var question: String
    /// The final text.
    public var text: String
    public var verdict: Verdict
    /// The answer as the strict and as the flexible extractor read it; nil if they found none.
    public var strict: String?
    public var flexible: String?
    public var isStrictlyRight: Bool
    public var isFlexiblyRight: Bool
    /// The final answer was cut by its token limit.
    public var isCut: Bool
    /// Nobody answered.
    public var hasFailed: Bool
    /// The final answer declines to answer; nil in runs of earlier versions.
    public var isRefused: Bool?
    /// How good the answer is, 0...1, where that is more than right or wrong; nil where it is not.
    public var score: Double?
    /// Which versions of extractors and metric graded it; nil in runs of earlier versions.
    public var graded: String?
    /// What else the grader has to say: how a program failed, what a judge said.
    public var remark: String?

    public init(
        question: String, text: String, verdict: Verdict, strict: String?, flexible: String?, isStrictlyRight: Bool,
        isFlexiblyRight: Bool, isCut: Bool, hasFailed: Bool, isRefused: Bool? = nil, score: Double? = nil,
        graded: String? = nil, remark: String? = nil
    ) {
        self.question = question
        self.text = text
        self.verdict = verdict
        self.strict = strict
        self.flexible = flexible
        self.isStrictlyRight = isStrictlyRight
        self.isFlexiblyRight = isFlexiblyRight
        self.isCut = isCut
        self.hasFailed = hasFailed
        self.isRefused = isRefused
        self.score = score
        self.graded = graded
        self.remark = remark
    }
}

/// Keeps benchmark runs. Each call is committed before it returns.
public protocol RunStore: Sendable {
    func start(_ run: Run) async throws
    func run(_ id: String) async throws -> Run?
    /// All runs, newest first.
    func runs() async throws -> [Run]
    func finish(_ id: String) async throws
    func keep(_ seats: [RunSeats], in run: String) async throws
    func seats(in run: String) async throws -> [RunSeats]
    func keep(_ answer: RunAnswer, in run: String) async throws
    func answers(in run: String) async throws -> [RunAnswer]
    func keep(_ grade: RunGrade, in run: String) async throws
    func grades(in run: String) async throws -> [RunGrade]
    /// Counts one visit: the expert was loaded and given its whole list.
    func countVisit(of expert: ExpertID, in run: String, seconds: Double) async throws
    func visits(in run: String) async throws -> [RunVisits]
}

/// How often an expert was visited in a run, and for how long.
public struct RunVisits: Sendable, Hashable, Codable {
    public var expert: ExpertID
    public var count: Int
    public var seconds: Double

    public init(expert: ExpertID, count: Int, seconds: Double) {
        self.expert = expert
        self.count = count
        self.seconds = seconds
    }
}
