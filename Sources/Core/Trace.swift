/// The record of what was decided for one question, and why. `withoutText` is what is kept unless keeping text is
/// switched on.
public struct Trace: Sendable, Hashable, Codable {
    /// How the journey ended.
    public enum Outcome: String, Sendable, Hashable, Codable {
        /// Decided, nobody asked (yet).
        case decided
        case complete
        /// The answer was cut by a token limit.
        case truncated
        /// Another expert than the recruited ones answered.
        case failedOver = "failed_over"
        case failed
        /// The caller left before the end.
        case clientGone = "client_gone"
    }

    /// 32 hexadecimal digits, unique.
    public var id: String
    public var at: Timestamp
    /// The route, or the expert's id when one was addressed directly.
    public var route: String
    /// The fingerprint of the question.
    public var question: String
    /// What was asked; nil unless text is kept.
    public var text: String?
    public var need: Need
    public var recruitment: Recruitment
    public var attempts: [Attempt]
    /// Nil until answers were aggregated.
    public var verdict: Verdict?
    public var outcome: Outcome
    /// Tokens of all calls together.
    public var usage: Usage
    /// Dollars of all calls together.
    public var dollars: Double
    public var seconds: Double
    /// Seconds spent deciding, annotation included.
    public var decisionSeconds: Double
    /// What went differently than asked, in words.
    public var notes: [String]
    /// The caller's own `x-request-id`; nil if it sent none.
    public var requestID: String?
    /// The caller's place in its own trace; nil if it sent none.
    public var parent: TraceParent?
    /// The key of the client that asked; nil where nobody has to be told apart.
    public var key: String?

    public init(
        id: String, at: Timestamp, route: String, question: String, text: String? = nil, need: Need,
        recruitment: Recruitment, attempts: [Attempt] = [], verdict: Verdict? = nil, outcome: Outcome = .decided,
        usage: Usage = Usage(), dollars: Double = 0, seconds: Double = 0, decisionSeconds: Double = 0,
        notes: [String] = []
    ) {
        self.id = id
        self.at = at
        self.route = route
        self.question = question
        self.text = text
        self.need = need
        self.recruitment = recruitment
        self.attempts = attempts
        self.verdict = verdict
        self.outcome = outcome
        self.usage = usage
        self.dollars = dollars
        self.seconds = seconds
        self.decisionSeconds = decisionSeconds
        self.notes = notes
    }
}
