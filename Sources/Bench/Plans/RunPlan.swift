public import Core

/// What a run, or a question, would need before anything is spent: skills, experts and why, calls, tokens, dollars,
/// seconds, loads. The field names are stable in JSON (snake_case).
public struct RunPlan: Sendable, Codable {
    /// A skill and how many questions need it.
    public struct SkillCount: Sendable, Codable, Hashable {
        public var skill: SkillName
        public var questions: Int
    }

    /// What one expert would be asked.
    public struct Share: Sendable, Codable, Hashable {
        public var expert: ExpertID
        public var calls: Int
        public var promptTokens: Int
        /// As long as its answers were; as long as they may be where none is known.
        public var completionTokens: Int
        public var dollars: Double
        /// With every answer as long as it may be.
        public var mostDollars: Double
        /// Nil where no answer of it is known.
        public var seconds: Double?
        /// Answers of earlier runs that this rests on.
        public var basis: Int
    }

    public var strategy: String
    public var questions: Int
    /// Most questions first.
    public var skills: [SkillCount]
    /// Questions in which no known skill was found.
    public var withoutSkill: Int
    public var experts: [Share]
    public var calls: Int
    public var dollars: Double
    public var mostDollars: Double
    /// Of the longest lane, where every expert's pace is known; nil otherwise.
    public var seconds: Double?
    /// Each model once.
    public var loads: Int
    /// Question by question on a server that holds one model.
    public var loadsByArrival: Int
    /// The decision, where it is about one question.
    public var recruitment: Recruitment?
    public var need: Need?
    /// What would change the choice, in sentences.
    public var changes: [String]
    public var notes: [String]
}
