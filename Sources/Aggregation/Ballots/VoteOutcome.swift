/// What a vote elected, and by how much.
public struct VoteOutcome: Sendable, Hashable {
    /// One answer and what its votes add up to, in the rule's unit.
    public struct Support: Sendable, Hashable {
        public var answer: Int32
        public var weight: Double

        public init(answer: Int32, weight: Double) {
            self.answer = answer
            self.weight = weight
        }
    }

    /// The elected answer; −1 if nobody gave one.
    public var answer: Int32
    /// Index of the vote whose text stands; nil only if there are no votes.
    public var seat: Int?
    /// Every answer that was given, most support first.
    public var support: [Support]
    /// The support of the winner minus that of the next answer, or minus nothing where there is no other.
    public var margin: Double

    public init(answer: Int32, seat: Int?, support: [Support], margin: Double) {
        self.answer = answer
        self.seat = seat
        self.support = support
        self.margin = margin
    }
}
