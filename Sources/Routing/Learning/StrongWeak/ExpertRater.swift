/// Rates the experts against each other on one question.
protocol ExpertRater: Sendable {
    func ratings(for view: QuestionView) -> Ratings
}

/// How strong each expert is on one question, in log-odds, so that only differences mean something:
///
///     P(i beats j) = σ(strength_i − strength_j),   an equal outcome being half a win for each
///
/// (Bradley and Terry 1952; Elo's scale is 400 / ln 10 times this one.)
struct Ratings: Sendable {
    /// `[experts]`.
    var strengths: [Float]
    /// The mean score of all experts on such questions, 0...1.
    var level: Float

    func chance(of winner: Int, against loser: Int) -> Float {
        LogOdds.probability(of: strengths[winner] - strengths[loser])
    }

    /// The expected score of each expert, `[experts]`. Since a win is the mean of ½ + (scoreᵢ − scoreⱼ) / 2, and the
    /// differences to all others sum to n times the distance from their mean:
    ///
    ///     expected_i = level + 2/n · Σ over j of (P(i beats j) − ½)
    var expectations: [Float] {
        var sums = [Float](repeating: 0, count: strengths.count)
        for first in strengths.indices {
            for second in strengths.indices.dropFirst(first + 1) {
                let advantage = chance(of: first, against: second) - 0.5
                sums[first] += advantage
                sums[second] -= advantage
            }
        }
        return sums.map { min(max(level + 2 / Float(strengths.count) * $0, 0), 1) }
    }
}
