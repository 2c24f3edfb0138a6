import Aggregation
import Core

/// Votes for these answers by experts 0, 1, 2 …, in this order.
func votes(_ answers: [Int32]) -> [CastVote] {
    answers.enumerated().map { CastVote(expert: $0, answer: $1) }
}

extension SeededRandom {
    /// A vote with everything on it made up; one in eight has no answer, one in eight expectations is unknown.
    mutating func vote(expert: Int, answers: Int) -> CastVote {
        CastVote(
            expert: expert, answer: below(8) == 0 ? -1 : Int32(below(answers)),
            expected: below(8) == 0 ? .nan : Float(unit()), suitability: Float(below(7)) / 4 - 0.25,
            confidence: below(4) == 0 ? nil : Float(below(11)) / 10)
    }

    /// `count` made-up votes.
    mutating func votes(_ count: Int, answers: Int) -> [CastVote] {
        (0..<count).map { vote(expert: $0, answers: answers) }
    }
}
