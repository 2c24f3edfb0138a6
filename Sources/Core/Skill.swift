/// A named ability that a question may need: one folder under `Skills/`.
public struct Skill: Sendable, Hashable {
    public var name: SkillName
    /// What it covers and when it is needed; the only text an annotator reads.
    public var description: String
    /// The broad class that holds it.
    public var category: String
    /// Words that mean this skill.
    public var keywords: [String]
    /// Narrower skills, whose scores count here at half weight.
    public var includes: [SkillName]
    /// Raised when its questions change, so that older marks are known to be stale.
    public var version: String
    /// False for drafts: checked, never routed on.
    public var isActive: Bool
    /// Added to the expert's system message when the skill is needed; empty if the skill has none.
    public var instructions: String
    /// How answers to its questions are graded; nil if it has none.
    public var grader: GraderKind?
    /// Graded questions that build profiles.
    public var questions: [GradedQuestion]

    public init(
        name: SkillName, description: String, category: String = "general", keywords: [String] = [],
        includes: [SkillName] = [], version: String = "1", isActive: Bool = true, instructions: String = "",
        grader: GraderKind? = nil, questions: [GradedQuestion] = []
    ) {
        self.name = name
        self.description = description
        self.category = category
        self.keywords = keywords
        self.includes = includes
        self.version = version
        self.isActive = isActive
        self.instructions = instructions
        self.grader = grader
        self.questions = questions
    }
}

/// How a right answer is told from a wrong one.
public enum GraderKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// The letter of an option.
    case choice
    /// A number, compared as a number.
    case number
    /// A short text, compared without case, marks or spaces.
    case exact
    /// An expert judges.
    case judge

    /// The form of the answers this grader reads.
    public func shape(options: Int = 4) -> AnswerShape {
        switch self {
        case .choice: .choice(options: options)
        case .number: .number
        case .exact, .judge: .exact
        }
    }
}

/// A question with its known answer.
public struct GradedQuestion: Sendable, Hashable, Codable {
    /// Unique within its skill or suite.
    public var id: String
    public var question: String
    public var answer: String
    /// What there is besides the question's text; nil if that is all.
    public var extras: QuestionExtras?

    public init(id: String, question: String, answer: String, extras: QuestionExtras? = nil) {
        self.id = id
        self.question = question
        self.answer = answer
        self.extras = extras
    }
}
