/// What a second expert said to a question that another one had answered, without a word of either.
public struct ShadowAnswer: Sendable, Hashable, Codable {
    /// What came of asking it.
    public enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
        /// Its final answer is the one that was given.
        case agrees
        case differs
        /// There is no final answer that could be compared: free text.
        case ungraded
        case failed
    }

    /// The trace of the question.
    public var trace: String
    public var at: Timestamp
    public var expert: ExpertID
    /// The skills that the question needed, each once.
    public var skills: [SkillName]
    public var outcome: Outcome
    /// How sure the answer that was given is: the share of votes that it had, one half where one expert gave it.
    public var sureness: Double
    public var seconds: Double
    public var usage: Usage
    public var dollars: Double

    public init(
        trace: String, at: Timestamp, expert: ExpertID, skills: [SkillName], outcome: Outcome, sureness: Double,
        seconds: Double, usage: Usage, dollars: Double
    ) {
        self.trace = trace
        self.at = at
        self.expert = expert
        self.skills = skills
        self.outcome = outcome
        self.sureness = sureness
        self.seconds = seconds
        self.usage = usage
        self.dollars = dollars
    }
}

/// Keeps what second experts said.
public protocol ShadowStore: Sendable {
    func add(_ answer: ShadowAnswer) async throws
    /// The latest ones, newest first.
    func shadowAnswers(limit: Int) async throws -> [ShadowAnswer]
    /// Calls and dollars since a moment.
    func shadowSpending(since moment: Timestamp) async throws -> (calls: Int, dollars: Double)
}
