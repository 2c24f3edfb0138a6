import Core
import Gating

/// Seats experts at random, whatever the question: what every other mechanism has to beat.
///
/// Every open expert is as likely; several seats go to different experts. It expects of each expert its mean score, since
/// somebody who draws blindly may still weigh what he hears.
public struct RandomChoice: RouterLearner {
    public let name = "random"

    public init() {}

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        try evidence.requireQuestions(for: name)
        return DrawnBlindly(means: evidence.overallMeans)
    }
}

private struct DrawnBlindly: LearnedRouter {
    let means: [Float]

    func expectations(for view: QuestionView) -> [Float] { means }

    func recruit(for view: QuestionView, seats: Int, using random: inout SeededRandom) throws -> SeatPlan {
        let chances = view.masked(means.map { _ in 1 })
        let selection = try Gate(normaliser: Identity(), selector: SampledWithoutReplacement(count: seats))
            .select(ScoreMatrix(row: chances), using: &random)
        let experts = Array(selection.experts(inRow: 0))
        let odds = DrawOdds(shares: chances.map { $0 == 1 ? 1 : 0 }, repeats: false).probabilities(of: experts)
        return SeatPlan(experts: experts, probabilities: odds, expected: view.masked(means))
    }
}
