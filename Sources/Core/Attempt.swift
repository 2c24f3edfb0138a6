/// One try at having one expert answer, within a journey: an entry of the attempt ledger. Each call that reached an
/// expert is exactly one attempt.
public struct Attempt: Sendable, Hashable, Codable {
    /// What the expert was called for.
    public enum Role: String, Sendable, Hashable, Codable {
        case seat
        case synthesis
        case fallback
        /// To say which skills the question needs.
        case annotation
    }

    /// Why this try was made.
    public enum Reason: String, Sendable, Hashable, Codable {
        /// The first for this answer.
        case first
        /// The same expert again, after a failure that may pass.
        case retry
        /// The next expert, after one that failed.
        case failover
        /// All had failed; this one was back first.
        case recovery
        /// Nothing was heard for long; whoever speaks first counts.
        case hedge
    }

    /// Which clock ended it.
    public enum Clock: String, Sendable, Hashable, Codable {
        case connect
        case firstToken = "first_token"
        case idle
        case total
        /// The time of the question's budget.
        case budget
    }

    /// What became of it.
    public enum Outcome: String, Sendable, Hashable, Codable {
        case answered
        case failed
        /// Hung up on: the vote was decided without it, or the caller left.
        case cancelled
        /// Never sent: a budget, a breaker or a full queue said no, or nobody waited for it any more.
        case refused
        /// Another try spoke first; hung up on.
        case hedgeLost = "hedge_lost"
    }

    public var expert: ExpertID
    public var role: Role
    /// From asking to the end.
    public var seconds: Double
    public var firstTextSeconds: Double?
    public var usage: Usage
    /// By the expert's price of that version.
    public var dollars: Double
    public var priceVersion: String?
    /// Nil if it failed.
    public var finish: FinishReason?
    /// The extracted answer; nil if it failed or text is not kept.
    public var answer: String?
    /// Nil if it answered or was hung up on.
    public var fault: Fault?
    // Traces kept by earlier versions have none of what follows.
    public var reason: Reason?
    public var outcome: Outcome?
    /// From the question's arrival to this try.
    public var startSeconds: Double?
    /// The part of `seconds` that was spent waiting for one of the expert's places.
    public var queuedSeconds: Double?
    /// Which clock fired; nil if none did.
    public var clock: Clock?
    /// The HTTP status of the expert's server; nil if there was no response, or no HTTP.
    public var status: Int?
    /// Bytes of the answer's body that were read, if it came over HTTP.
    public var bytes: Int?

    public init(
        expert: ExpertID, role: Role, seconds: Double, firstTextSeconds: Double? = nil, usage: Usage = Usage(),
        dollars: Double = 0, finish: FinishReason? = nil, answer: String? = nil, fault: Fault? = nil,
        reason: Reason? = nil, outcome: Outcome? = nil, startSeconds: Double? = nil
    ) {
        self.expert = expert
        self.role = role
        self.seconds = seconds
        self.firstTextSeconds = firstTextSeconds
        self.usage = usage
        self.dollars = dollars
        self.finish = finish
        self.answer = answer
        self.fault = fault
        self.reason = reason
        self.outcome = outcome
        self.startSeconds = startSeconds
    }

    /// True if a call was made, whatever became of it.
    public var isCall: Bool { outcome != .refused }
}
