/// What the best expert of each group of questions would score: the mark of a router that knows every question's group,
/// and how good everybody is there, but nothing else of the question.
///
/// The expert of a group is chosen by the group's questions of the other folds, never by the question itself, so a small
/// group cannot shine by chance. A group's mean is drawn toward the expert's mean over all questions as if `prior` more
/// questions had come out like that: (sum + prior · overall) / (count + prior).
package struct BestPerGroup: Sendable {
    package var folds: Int
    package var prior: Double

    package init(folds: Int = 10, prior: Double = 10) {
        precondition(folds > 1 && prior > 0, "a fold leaves others, and a prior has weight")
        self.folds = folds
        self.prior = prior
    }

    /// The score of each question's chosen expert, `[questions]`; NaN where nobody was asked.
    /// - Parameter groups: the group of each question; −1 for none, which is a group of its own.
    package func scores(in table: ScoreTable, by groups: [Int32]) -> [Float] {
        precondition(groups.count == table.count, "one group a question")
        let experts = table.experts.count
        let groupCount = Int(groups.max() ?? -1) + 2
        let overall = table.means().map { $0.isNaN ? 0 : $0 }
        // Questions of a group go round the folds in turn.
        var seen = [Int](repeating: 0, count: groupCount)
        var fold = [Int](repeating: 0, count: table.count)
        var sums = [Double](repeating: 0, count: groupCount * folds * experts)
        var counts = sums
        for question in 0..<table.count {
            let group = Int(groups[question]) + 1
            fold[question] = seen[group] % folds
            seen[group] += 1
            let start = (group * folds + fold[question]) * experts
            for (expert, score) in table.row(question).enumerated() where !score.isNaN {
                sums[start + expert] += Double(score)
                counts[start + expert] += 1
            }
        }
        let expected = expectations(sums, counts, overall, groupCount: groupCount)
        return (0..<table.count).map { question in
            let start = ((Int(groups[question]) + 1) * folds + fold[question]) * experts
            var best = -Double.infinity
            var score = Float.nan
            for (expert, recorded) in table.row(question).enumerated()
            where !recorded.isNaN && expected[start + expert] > best {
                best = expected[start + expert]
                score = recorded
            }
            return score
        }
    }

    /// Each expert's drawn mean over a group without one fold, `[groups × folds × experts]`.
    private func expectations(
        _ sums: [Double], _ counts: [Double], _ overall: [Double], groupCount: Int
    ) -> [Double] {
        let experts = overall.count
        var expected = [Double](repeating: 0, count: sums.count)
        for group in 0..<groupCount {
            for expert in 0..<experts {
                let places = (0..<folds).map { (group * folds + $0) * experts + expert }
                let sum = places.reduce(0) { $0 + sums[$1] }
                let count = places.reduce(0) { $0 + counts[$1] }
                for place in places {
                    expected[place] =
                        (sum - sums[place] + prior * overall[expert]) / (count - counts[place] + prior)
                }
            }
        }
        return expected
    }
}
