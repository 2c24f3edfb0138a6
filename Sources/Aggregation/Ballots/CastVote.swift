/// One expert's answer to one question, ready to be counted.
public struct CastVote: Sendable, Hashable {
    /// Which expert; samples of one expert share its number.
    public var expert: Int
    /// Equal numbers are equal answers; the option's number where the question offers options; −1 if there is no answer.
    public var answer: Int32
    /// The calibrated chance that the expert is right on this question, 0...1; NaN if unknown.
    public var expected: Float
    /// How well the expert suits the question, in the router's unit.
    public var suitability: Float
    /// How sure the expert said it is, 0...1; nil if it did not say.
    public var confidence: Float?

    public init(
        expert: Int, answer: Int32, expected: Float = .nan, suitability: Float = 0, confidence: Float? = nil
    ) {
        self.expert = expert
        self.answer = answer
        self.expected = expected
        self.suitability = suitability
        self.confidence = confidence
    }

    /// Whether it elects anything: there is an answer, and it is one of the options where there are options.
    func counts(optionCount: Int) -> Bool { answer >= 0 && (optionCount <= 0 || Int(answer) < optionCount) }
}
