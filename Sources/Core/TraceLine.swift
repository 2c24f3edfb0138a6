/// A trace in a list: what one sees of it before opening it.
public struct TraceLine: Sendable, Hashable, Codable {
    public var id: String
    public var at: Timestamp
    public var route: String
    public var strategy: String
    public var outcome: Trace.Outcome
    /// Those recruited, each once.
    public var experts: [ExpertID]
    /// Those the question needed, each once; traces kept by earlier versions have none here.
    public var skills: [SkillName]
    public var seconds: Double
    /// Of `seconds`, those spent deciding.
    public var decisionSeconds: Double
    public var dollars: Double
    public var promptTokens: Int
    public var completionTokens: Int
    /// What people thought of the answer, from 0 to 1; nil if nobody said.
    public var score: Double?

    public init(
        id: String, at: Timestamp, route: String, strategy: String, outcome: Trace.Outcome, experts: [ExpertID],
        skills: [SkillName], seconds: Double, decisionSeconds: Double, dollars: Double, promptTokens: Int,
        completionTokens: Int, score: Double? = nil
    ) {
        self.id = id
        self.at = at
        self.route = route
        self.strategy = strategy
        self.outcome = outcome
        self.experts = experts
        self.skills = skills
        self.seconds = seconds
        self.decisionSeconds = decisionSeconds
        self.dollars = dollars
        self.promptTokens = promptTokens
        self.completionTokens = completionTokens
        self.score = score
    }

    /// The line of a trace.
    public init(_ trace: Trace) {
        self.init(
            id: trace.id, at: trace.at, route: trace.route, strategy: trace.recruitment.strategy,
            outcome: trace.outcome, experts: trace.recruitment.experts, skills: trace.need.distinctSkills,
            seconds: trace.seconds, decisionSeconds: trace.decisionSeconds, dollars: trace.dollars,
            promptTokens: trace.usage.promptTokens, completionTokens: trace.usage.completionTokens)
    }
}

extension Need {
    /// The skills, each once, in the order of the keywords.
    public var distinctSkills: [SkillName] {
        skills.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}

/// A part of a long list of traces, newest first.
public struct TracePage: Sendable, Hashable {
    public var lines: [TraceLine]
    /// Where the next part begins; nil after the last.
    public var next: TraceCursor?

    public init(lines: [TraceLine], next: TraceCursor? = nil) {
        self.lines = lines
        self.next = next
    }
}

/// The place of a trace in the list of all: the next part begins behind it, however many have come before it meanwhile.
public struct TraceCursor: Sendable, Hashable {
    public var at: Timestamp
    /// Tells traces of one moment apart: later ones have higher numbers.
    public var place: Int

    public init(at: Timestamp, place: Int) {
        self.at = at
        self.place = place
    }

    /// As `text` writes it; nil for anything else.
    public init?(text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let at = Int64(parts[0]), let place = Int(parts[1]), at >= 0, place >= 0 else {
            return nil
        }
        self.init(at: Timestamp(microseconds: at), place: place)
    }

    /// `1700000000000000.17`.
    public var text: String { "\(at.microseconds).\(place)" }
}
