import Core
import Gating

/// Asks the strong expert where it is likely enough to beat the weak one, otherwise the weak one.
///
///     strong  ⇔  r(q) = P(strong beats weak on q) ≥ threshold
///
/// Source: RouteLLM (arXiv:2406.18665), whose thresholds are quantiles of r over recorded questions, so that a wanted
/// share of them goes to the strong expert. Further seats, of which the paper knows none, go by expectation.
struct StrongWeakRouter<Rater: ExpertRater>: LearnedRouter {
    let rater: Rater
    let pair: StrongWeakPair
    let threshold: Float

    func expectations(for view: QuestionView) -> [Float] { rater.ratings(for: view).expectations }

    func recruit(for view: QuestionView, seats: Int, using random: inout SeededRandom) throws -> SeatPlan {
        let ratings = rater.ratings(for: view)
        let expected = ratings.expectations
        let isStrong = ratings.chance(of: pair.strong, against: pair.weak) >= threshold
        var order = expected
        // Above every expectation.
        order[isStrong ? pair.strong : pair.weak] = 2
        let selection = try Gate(normaliser: Identity(), selector: TopK(count: seats))
            .select(ScoreMatrix(row: view.masked(order)))
        return SeatPlan(experts: Array(selection.experts(inRow: 0)), expected: view.masked(expected))
    }
}

/// Where the strong expert begins.
enum StrongThreshold {
    /// The threshold that a share of these chances reaches, as nearly as whole questions allow: 0 reaches none, 1 all.
    static func reached(by share: Double, of chances: [Float]) -> Float {
        let count = Int((share * Double(chances.count)).rounded())
        guard count > 0 else { return .infinity }
        return chances.sorted(by: >)[count - 1]
    }
}
