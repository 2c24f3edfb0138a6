/// Who sits, in seat order, with the numbers the choice rests on. Experts are named by their index in the evidence.
public struct SeatPlan: Sendable, Hashable {
    public var experts: [Int]
    /// The probability with which each seat's draw fell on its expert; 1 for a choice without chance.
    public var probabilities: [Double]
    /// The expected score of every expert, `[experts]`.
    public var expected: [Float]
    /// Whether the seats are asked in turn, so that later ones may be spared.
    public var isLadder: Bool

    public init(experts: [Int], probabilities: [Double]? = nil, expected: [Float], isLadder: Bool = false) {
        self.experts = experts
        self.probabilities = probabilities ?? experts.map { _ in 1 }
        self.expected = expected
        self.isLadder = isLadder
    }
}

/// An answer that came from a seat.
public struct HeardAnswer: Sendable, Hashable {
    public var expert: Int
    /// Equal numbers are equal answers; the option's number where the question offers options; −1 if none was recorded.
    public var answer: Int32
    /// How sure the expert said it is, 0...1; nil if it did not say.
    public var confidence: Float?

    public init(expert: Int, answer: Int32, confidence: Float? = nil) {
        self.expert = expert
        self.answer = answer
        self.confidence = confidence
    }
}
