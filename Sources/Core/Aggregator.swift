/// A way to make one answer out of several. It decides and does nothing else: where an expert must write the answer,
/// it says whom to ask and what.
public protocol Aggregator: Sendable {
    /// What the configuration and the traces call it.
    var name: String { get }

    /// Makes one of many. `candidates` holds at least one, in seat order.
    func aggregate(_ candidates: [Candidate], of question: Question) -> Aggregation
}

/// An answer that takes part in an aggregation.
public struct Candidate: Sendable, Hashable {
    public var answer: Answer
    /// How well its expert fitted the question; 1 where nothing is known.
    public var suitability: Double

    public init(answer: Answer, suitability: Double = 1) {
        self.answer = answer
        self.suitability = suitability
    }
}

/// The outcome of an aggregation.
public enum Aggregation: Sendable, Hashable {
    /// The answer is there.
    case settled(text: String, Verdict)
    /// An expert writes it; if that fails, the vote in `otherwise` stands.
    case write(by: ExpertID, asking: Question, Verdict, otherwise: String)
}

/// How the final answer came about.
public struct Verdict: Sendable, Hashable, Codable {
    /// One answer and who gave it.
    public struct Ballot: Sendable, Hashable, Codable {
        /// The extracted answer; the beginning of the text if none could be extracted.
        public var answer: String
        public var votes: Double
        public var experts: [ExpertID]

        public init(answer: String, votes: Double, experts: [ExpertID]) {
            self.answer = answer
            self.votes = votes
            self.experts = experts
        }
    }

    /// `single`, `vote`, `synthesis`.
    public var method: String
    /// Whose text became the answer.
    public var expert: ExpertID?
    /// The answers that stood for election, most votes first; ties in the order first seen.
    public var ballots: [Ballot]
    /// The share of votes that the winner had; 1 if all agreed.
    public var agreement: Double
    /// Anything that went differently than asked, in words; empty if nothing.
    public var note: String

    public init(method: String, expert: ExpertID?, ballots: [Ballot], agreement: Double, note: String = "") {
        self.method = method
        self.expert = expert
        self.ballots = ballots
        self.agreement = agreement
        self.note = note
    }
}
