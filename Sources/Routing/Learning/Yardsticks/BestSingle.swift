/// Always seats the expert with the best mean score, then the next best: routing without looking at the question.
public struct BestSingle: RouterLearner {
    public let name = "best-single"

    public init() {}

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        try evidence.requireQuestions(for: name)
        return Unmoved(means: evidence.overallMeans)
    }
}

private struct Unmoved: LearnedRouter {
    let means: [Float]

    func expectations(for view: QuestionView) -> [Float] { means }
}

extension Evidence {
    /// The mean score of each expert, `[experts]`, drawn towards the pool's by one right and one wrong answer, so that an
    /// expert with few or no outcomes has one as well.
    var overallMeans: [Float] {
        var tally = ScoreTally(groups: 0, experts: experts.count)
        for question in views.indices { tally.add(scores(of: question), groups: []) }
        return ShrunkenMeans(tally).overall
    }
}
