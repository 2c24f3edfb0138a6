public import Core

/// What a router may see of a question when it decides. How anybody answered is not part of it.
public struct QuestionView: Sendable {
    /// The meaning of its text, unit length, `[dimension]`.
    public var vector: [Float]
    /// What can be counted in its text, `[TextMeasures.count]`.
    public var measures: [Float]
    /// How many lettered options it offers; 0 for a free answer.
    public var optionCount: Int
    /// The skills its keywords stand for, repeats kept; empty if nobody annotated it.
    public var skills: [SkillName]
    /// Its true category, handed only to a learner that says so (`RouterLearner.seesCategory`): a yardstick.
    public var category: String?
    /// Whether each expert can be asked; empty if all can.
    public var isOpen: [Bool]

    public init(
        vector: [Float], measures: [Float] = [], optionCount: Int = 0, skills: [SkillName] = [],
        category: String? = nil, isOpen: [Bool] = []
    ) {
        self.vector = vector
        self.measures = measures
        self.optionCount = optionCount
        self.skills = skills
        self.category = category
        self.isOpen = isOpen
    }

    /// `scores` with NaN, which no gate chooses, where an expert cannot be asked.
    public func masked(_ scores: [Float]) -> [Float] {
        isOpen.isEmpty ? scores : zip(scores, isOpen).map { $1 ? $0 : .nan }
    }
}
