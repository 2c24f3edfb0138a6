import Core

/// Learns what each expert is good at from who beat whom, and asks the strong one where it is likely to win.
///
///     δ(M, q) = w · (v_M / |v_M| ∘ A x_q),   P(M beats N on q) = σ(δ(M, q) − δ(N, q))
///
/// v_M describes the expert, A x_q the question, w how much each feature counts. Source: RouteLLM's matrix factorisation
/// (arXiv:2406.18665, section 4.2). Its battles are people's votes; ours come from outcomes: of two experts on one
/// question the better score wins, an equal one is half a win for each, so that r says how much is gained and not
/// only who would win if one did. x also holds the measures and a constant; the width is 16 instead of 128, since our pools
/// are small; gradient steps are Adam's on mini-batches, with a penalty on A in place of early stopping.
public struct MatrixFactorisation: RouterLearner {
    public let name = "factors"
    /// The share of questions that is to go to the strong expert, 0...1.
    public let strongShare: Double
    /// Features that describe an expert.
    public let width: Int
    /// The prior's weight on A: the inverse of the variance that is expected of its numbers.
    public let penalty: Double
    /// How often every question is seen.
    public let passes: Int

    public init(strongShare: Double = 0.5, width: Int = 16, penalty: Double = 10, passes: Int = 15) {
        precondition((0...1).contains(strongShare), "a share lies between 0 and 1")
        precondition(width > 0 && passes > 0 && penalty >= 0, "an expert is described, by what is seen")
        self.strongShare = strongShare
        self.width = width
        self.penalty = penalty
        self.passes = passes
    }

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        try evidence.requireQuestions(for: name)
        let pair = try StrongWeakPair(of: evidence, for: name)
        let means = evidence.overallMeans
        let inputs = QuestionInputs(evidence.views)
        let rows = evidence.views.map { inputs.row(of: $0) }
        var factors = ExpertFactors(inputs: inputs.count, width: width, experts: means.count, seed: seed)
        var slope = [Float](repeating: 0, count: factors.parameters.count)
        var optimiser = AdaptiveSteps(count: slope.count)
        var random = SeededRandom(seed: SeededRandom.derived(from: seed, index: 2))
        var batches = ShuffledBatches(
            count: rows.count, size: 32, passes: passes, seed: SeededRandom.derived(from: seed, index: 1))
        while let batch = batches.next() {
            factors.beginSlope(&slope, penalty: Float(penalty) * Float(batch.rows.count) / Float(rows.count))
            for row in batch.rows {
                factors.addSlope(of: rows[row], scores: evidence.scores(of: row), to: &slope, using: &random)
            }
            optimiser.step(&factors.parameters, against: slope, rate: 0.03 * batch.left)
        }
        let rater = FactorRater(
            inputs: inputs, factors: factors, level: means.reduce(0, +) / Float(means.count))
        let chances = evidence.views.map { view in
            rater.ratings(for: view).chance(of: pair.strong, against: pair.weak)
        }
        return StrongWeakRouter(
            rater: rater, pair: pair, threshold: StrongThreshold.reached(by: strongShare, of: chances))
    }
}

private struct FactorRater: ExpertRater {
    let inputs: QuestionInputs
    let factors: ExpertFactors
    let level: Float

    func ratings(for view: QuestionView) -> Ratings {
        Ratings(strengths: factors.strengths(inputs.row(of: view)), level: level)
    }
}
