/// How often each expert was asked within each group of questions, and the sum of what it scored.
struct ScoreTally: Sendable {
    let groupCount: Int
    let expertCount: Int
    /// `[groups × experts]`.
    private(set) var sums: [Double]
    /// `[groups × experts]`.
    private(set) var counts: [Double]
    /// Over all questions, also those of no group, `[experts]`.
    private(set) var overallSums: [Double]
    private(set) var overallCounts: [Double]

    init(groups: Int, experts: Int) {
        groupCount = groups
        expertCount = experts
        sums = [Double](repeating: 0, count: groups * experts)
        counts = sums
        overallSums = [Double](repeating: 0, count: experts)
        overallCounts = overallSums
    }

    /// Counts one question, whose groups may repeat or be none; NaN scores were not asked for.
    mutating func add(_ scores: ArraySlice<Float>, groups: [Int]) {
        for (expert, score) in zip(0..<expertCount, scores) where !score.isNaN {
            overallSums[expert] += Double(score)
            overallCounts[expert] += 1
            for group in groups {
                sums[group * expertCount + expert] += Double(score)
                counts[group * expertCount + expert] += 1
            }
        }
    }

    /// The sum of every expert's scores.
    var allSum: Double { overallSums.reduce(0, +) }

    /// How many scores there are.
    var allCount: Double { overallCounts.reduce(0, +) }
}
