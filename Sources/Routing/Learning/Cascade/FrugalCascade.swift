import Core

/// Asks cheap experts first and goes on only while the answer is not believed.
///
///     stop at rung i  ⇔  g_i(question, answers so far) ≥ τ_i
///
/// At most three rungs, cheapest first; rungs and thresholds τ are those with the highest accuracy on the recorded questions
/// among all whose mean cost keeps to a budget. Source: FrugalGPT (arXiv:2305.05176, section 3), whose scorer g is a small
/// language model that reads the answer; ours (`AnswerScorer`) knows what was expected of the expert on this question, by
/// ridge regression on its vector and measures, and who agrees with whom. What it learns from is expected by regressions
/// that have not seen the question (3 folds). At most six experts are tried as rungs (`LadderCandidates`).
public struct FrugalCascade: RouterLearner {
    public let name = "frugal"
    /// The mean cost of a question, in costs of always asking the best single expert.
    public let budget: Double
    /// The penalty of the ridge regression, in questions.
    public let penalty: Double

    public init(budget: Double = 1, penalty: Double = 3000) {
        precondition(budget > 0 && penalty > 0, "nothing is free")
        self.budget = budget
        self.penalty = penalty
    }

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        try evidence.requireQuestions(for: name)
        let costs = try evidence.costs(for: name)
        let means = evidence.overallMeans
        let expecting = ScoreRegression(evidence, penalty: penalty)
        let unseen = ScoreRegression.unseen(evidence, penalty: penalty, seed: seed)
        let record = CascadeRecord(evidence, expected: unseen)
        let best = means.indices.min { (-means[$0], $0) < (-means[$1], $1) } ?? 0
        var chosen = LadderSearch.Found(rungs: [best], thresholds: [], accuracy: 0, cost: .infinity)
        for rungs in Self.ladders(of: LadderCandidates.of(costs: costs, means: means, most: 6)) {
            let found = LadderSearch.best(
                rungs: rungs, believed: record.believed(rungs), scores: rungs.map { record.scores[$0] },
                costs: rungs.map { costs[$0] }, budget: budget * costs[best])
            if let found, found.isBetter(than: chosen, budget: budget * costs[best]) { chosen = found }
        }
        return Climbing(
            expecting: expecting, ladder: Ladder(rungs: chosen.rungs), thresholds: chosen.thresholds,
            scorers: record.scorers(chosen.rungs))
    }

    /// All ladders of one to three of these, in their order.
    private static func ladders(of experts: [Int]) -> [[Int]] {
        var ladders: [[Int]] = []
        for first in experts.indices {
            ladders.append([experts[first]])
            for second in experts.indices.dropFirst(first + 1) {
                ladders.append([experts[first], experts[second]])
                for third in experts.indices.dropFirst(second + 1) {
                    ladders.append([experts[first], experts[second], experts[third]])
                }
            }
        }
        return ladders
    }
}

private struct Climbing: LearnedRouter {
    let expecting: ScoreRegression
    let ladder: Ladder
    /// One for each rung but the last, as are the scorers.
    let thresholds: [Float]
    let scorers: [AnswerScorer]

    func expectations(for view: QuestionView) -> [Float] { expecting.expectations(for: view) }

    func recruit(for view: QuestionView, seats: Int, using random: inout SeededRandom) throws -> SeatPlan {
        try ladder.plan(for: view, seats: seats, expected: view.masked(expectations(for: view)))
    }

    func isEnough(_ heard: [HeardAnswer], of plan: SeatPlan, for view: QuestionView) -> Bool {
        guard let last = heard.last, let rung = ladder.rungs.firstIndex(of: last.expert), rung < scorers.count else {
            return false
        }
        let answers = ladder.rungs.prefix(rung + 1).map { expert in
            heard.first { $0.expert == expert }?.answer ?? -1
        }
        return scorers[rung].probability(expected: plan.expected[last.expert], answers: answers) >= thresholds[rung]
    }
}
