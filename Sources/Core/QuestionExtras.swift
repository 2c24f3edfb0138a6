/// What a suite knows of a question besides its text and its answer.
public struct QuestionExtras: Sendable, Hashable, Codable {
    /// What experts are asked in place of the bare question.
    public var prompt: String?
    /// The publisher's class of the question; nil if it has none.
    public var category: String?
    /// The texts of lettered options, A first; empty if there are none.
    public var options: [String]
    /// How many lettered options there are where their texts are part of the question.
    public var optionCount: Int?
    /// A program that fails unless the answer is right.
    public var tests: String?
    /// What the answer's program has to stand after: its imports and its head.
    public var programHead: String?
    /// Skills that an answer has to show.
    public var skills: [String]

    public init(
        prompt: String? = nil, category: String? = nil, options: [String] = [], optionCount: Int? = nil,
        tests: String? = nil, programHead: String? = nil, skills: [String] = []
    ) {
        self.prompt = prompt
        self.category = category
        self.options = options
        self.optionCount = optionCount
        self.tests = tests
        self.programHead = programHead
        self.skills = skills
    }
}
