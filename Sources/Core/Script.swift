/// What a scripted expert says and how it fails: a pretend expert is part of the product, so that routes can be tried
/// without a key, a model or a network.
public struct Script: Sendable, Hashable {
    /// A reply for questions that contain a text.
    public struct Line: Sendable, Hashable {
        /// Compared without case against the last user message; empty matches everything.
        public var when: String
        /// What is said; `{question}` stands for the question's text.
        public var say: String
        /// The call that is asked for, where the question offers that tool; else the line is not for this question.
        public var call: Call?

        public init(when: String, say: String, call: Call? = nil) {
            self.when = when
            self.say = say
            self.call = call
        }
    }

    /// A call that a scripted expert asks for.
    public struct Call: Sendable, Hashable {
        public var name: String
        /// JSON; `{question}` in it stands for the question's text.
        public var arguments: JSONValue

        public init(name: String, arguments: JSONValue) {
            self.name = name
            self.arguments = arguments
        }
    }

    /// What goes wrong on demand.
    public enum Failure: Sendable, Hashable {
        /// The server answers with this status; 429 and 503 may carry a wait.
        case status(Int, retryAfter: Duration?)
        /// Nobody listens.
        case refuse
        /// Nothing comes until a clock fires or the caller leaves.
        case hang
        /// The stream ends after so many pieces without an end mark.
        case cut(afterPieces: Int)
    }

    /// A failure and when it happens.
    public struct Mishap: Sendable, Hashable {
        /// Only for questions that contain this text, without case; empty for all.
        public var when: String
        /// Only the first so many matching calls fail; nil for all.
        public var times: Int?
        public var failure: Failure

        public init(when: String = "", times: Int? = nil, failure: Failure) {
            self.when = when
            self.times = times
            self.failure = failure
        }
    }

    /// Tried in order; the first line that matches is said.
    public var lines: [Line]
    /// The share of a category's or skill's own questions that it answers right; the rest it answers wrong. Which ones
    /// is fixed by its id and the question. A skill's own entry wins over its category's; `*` stands for all others.
    public var knows: [String: Double]
    /// Said when no line matches and the question is not one it knows.
    public var otherwise: String
    /// Before the first piece.
    public var delay: Duration
    /// Between pieces (words).
    public var pace: Duration
    public var mishaps: [Mishap]

    public init(
        lines: [Line] = [], knows: [String: Double] = [:], otherwise: String = "I do not know.",
        delay: Duration = .zero, pace: Duration = .zero, mishaps: [Mishap] = []
    ) {
        self.lines = lines
        self.knows = knows
        self.otherwise = otherwise
        self.delay = delay
        self.pace = pace
        self.mishaps = mishaps
    }
}
