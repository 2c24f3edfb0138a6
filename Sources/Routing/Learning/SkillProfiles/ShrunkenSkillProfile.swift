/// Seats the experts with the best records in the question's skills, small records drawn towards the expert's mean.
///
///     expected(q, e) = mean over the skills w of q, repeats kept, of (right(w, e) + s · mean(e)) / (n(w, e) + s)
///
/// Ours, an answer to what reviewers miss in Symbolic-MoE (arXiv:2503.05641): its +1/−1 counts know no confidence and its
/// draw is random. Each skill's share of right answers is the mean of a Beta posterior whose prior is the expert's overall
/// mean; how many questions the prior is worth is estimated from the evidence (`ShrunkenMeans`). A skill never seen, and a
/// question without skills, is expected to go as everything does. The best sit, without chance.
public struct ShrunkenSkillProfile: RouterLearner {
    public let name = "skill-shrunk"

    public init() {}

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        try evidence.requireQuestions(for: name)
        return SkillExpectations(SkillTally(evidence))
    }
}

/// Expects what the posterior means of a question's skills say.
struct SkillExpectations: LearnedRouter {
    private let tally: SkillTally
    private let means: ShrunkenMeans

    init(_ tally: SkillTally) {
        self.tally = tally
        means = ShrunkenMeans(tally.scores)
    }

    func expectations(for view: QuestionView) -> [Float] {
        guard !view.skills.isEmpty else { return means.overall }
        var expected = [Float](repeating: 0, count: means.expertCount)
        let part = 1 / Float(view.skills.count)
        for skill in view.skills {
            let row = tally.number(of: skill).map { means.means(of: $0) } ?? means.overall[...]
            RowArithmetic.add(part, times: row.span, to: &expected, from: 0)
        }
        return expected
    }
}
