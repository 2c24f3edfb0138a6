import Core

/// Expects each expert's score to be a straight line in the question's meaning and what can be counted in its text.
///
///     expected(e) = mean(e) + w_e · (x − mean(x)),   x = [vector ; measures]
///
/// All experts are fitted at once by ridge regression. Source: the linear router of RouterEval (arXiv:2503.10657), there on
/// vectors alone; measures beside them are ours, and on `routellm-gsm8k` both together do better than either. One penalty
/// serves every file we have: choosing it by the squared error on held-out questions did no better.
public struct RidgeRouter: RouterLearner {
    public let name = "ridge"
    /// For columns of a unit vector and measures of spread 0.1 (`ScaledMeasures`).
    public let penalty: Double

    public init(penalty: Double = 30) {
        precondition(penalty > 0, "columns that repeat each other need a penalty")
        self.penalty = penalty
    }

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        try evidence.requireQuestions(for: name)
        let inputs = ScaledMeasures(of: evidence.views)
        var rows: [Float] = []
        rows.reserveCapacity(evidence.count * inputs.count)
        for view in evidence.views { rows += inputs.row(of: view) }
        // `RidgeRegression` brings every column to spread 1, so each column's penalty is divided by its own variance.
        let penalties = (0..<inputs.count).map { column in
            penalty * (column < inputs.dimension ? Double(inputs.dimension) : 100)
        }
        return LearnedRidge(
            lines: RidgeRegression(
                fitting: rows, columns: inputs.count, targets: evidence.scores, targetCount: evidence.experts.count,
                penalties: penalties),
            inputs: inputs, means: evidence.overallMeans)
    }
}

/// Straight lines, one for each expert.
private struct LearnedRidge: LearnedRouter {
    let lines: RidgeRegression
    let inputs: ScaledMeasures
    /// For experts without outcomes, `[experts]`.
    let means: [Float]

    func expectations(for view: QuestionView) -> [Float] {
        zip(lines.predict(inputs.row(of: view)), means).map { $0.isNaN ? $1 : min(max($0, 0), 1) }
    }
}
