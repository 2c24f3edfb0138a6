import Core

/// Expects an answer to be right as tests do: the expert's ability against the question's difficulty.
///
///     P(right) = σ(a_q · θ_m − b_q),   a_q = A x + a₀,   b_q = B · x + b₀
///
/// θ is an expert's ability, a what the question asks of it and how sharply, b how difficult it is; x is the question's
/// vector with its measures (`QuestionInputs`). Source: IRT-Router (arXiv:2506.01048), multidimensional form. We let the
/// expert's ability be free numbers rather than read them off a description of it, fit all by seeded gradient steps
/// (`AdaptiveSteps`) on the likelihood with Gaussian priors, and do without its warm-up by similar questions: the
/// penalty on A and B does what it is for.
public struct ItemResponseRouter: RouterLearner {
    public let name: String
    /// How many numbers an ability has.
    public let dimensions: Int
    /// The prior's weight on A and B: the inverse of the variance that is expected of their numbers.
    public let penalty: Double
    /// How often every question is seen.
    public let passes: Int

    public init(dimensions: Int = 1, penalty: Double = 15, passes: Int = 15) {
        precondition(dimensions > 0 && passes > 0 && penalty >= 0, "an ability is a number, learned from something")
        name = "irt-\(dimensions)d"
        self.dimensions = dimensions
        self.penalty = penalty
        self.passes = passes
    }

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        try evidence.requireQuestions(for: name)
        let inputs = QuestionInputs(evidence.views)
        let rows = evidence.views.map { inputs.row(of: $0) }
        var model = ItemResponse(
            inputs: inputs.count, dimensions: dimensions, means: evidence.overallMeans, seed: seed)
        var slope = [Float](repeating: 0, count: model.parameters.count)
        var optimiser = AdaptiveSteps(count: slope.count)
        var batches = ShuffledBatches(
            count: rows.count, size: 32, passes: passes, seed: SeededRandom.derived(from: seed, index: 1))
        while let batch = batches.next() {
            // The priors' part of this batch.
            model.beginSlope(&slope, penalty: Float(penalty) * Float(batch.rows.count) / Float(rows.count))
            for row in batch.rows { model.addSlope(of: rows[row], scores: evidence.scores(of: row), to: &slope) }
            optimiser.step(&model.parameters, against: slope, rate: 0.05 * batch.left)
        }
        return Tested(inputs: inputs, model: model)
    }
}

private struct Tested: LearnedRouter {
    let inputs: QuestionInputs
    let model: ItemResponse

    func expectations(for view: QuestionView) -> [Float] { model.probabilities(inputs.row(of: view)) }
}
