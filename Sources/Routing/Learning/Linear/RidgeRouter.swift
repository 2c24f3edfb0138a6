import Core

/// Expects each expert's score to be a straight line in the question's meaning and what can be counted in its text.
///
///     expected(e) = mean(e) + w_e · (x − mean(x)),   x = [vector ; measures]
///
/// All experts are fitted at once by ridge regression, with the penalty that does best on a fifth of the evidence that was
/// held out. Source: the linear router of RouterEval (arXiv:2503.10657), there on vectors alone; measures beside them
/// are ours, and on `routellm-gsm8k` both together do better than either.
public struct RidgeRouter: RouterLearner {
    public let name = "ridge"
    /// The penalties that are tried, for columns of a unit vector and measures of spread 0.1.
    public let penalties: [Double]

    public init(penalties: [Double] = [10, 30, 100, 300]) {
        precondition(!penalties.isEmpty && penalties.allSatisfy { $0 > 0 }, "repeated columns need a penalty")
        self.penalties = penalties
    }

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        try evidence.requireQuestions(for: name)
        let inputs = ScaledMeasures(of: evidence.views)
        let rows = evidence.views.map(inputs.row)
        var penalty = penalties[0]
        if penalties.count > 1, rows.count >= 20 {
            var order = Array(rows.indices)
            var random = SeededRandom(seed: seed)
            random.shuffle(&order)
            let heldOut = order.prefix(rows.count / 5).sorted()
            let learned = order.dropFirst(rows.count / 5).sorted()
            let errors = penalties.map { penalty in
                error(of: Self.lines(rows, evidence, learned, inputs, penalty), rows, evidence, heldOut)
            }
            penalty = zip(errors, penalties).min { $0.0 < $1.0 }?.1 ?? penalty
        }
        return LearnedRidge(
            lines: Self.lines(rows, evidence, Array(rows.indices), inputs, penalty), inputs: inputs,
            means: evidence.overallMeans)
    }

    /// `RidgeRegression` brings every column to spread 1, so the penalty is divided by each column's own variance.
    private static func lines(
        _ rows: [[Float]], _ evidence: Evidence, _ questions: [Int], _ inputs: ScaledMeasures, _ penalty: Double
    ) -> RidgeRegression {
        let variance = (0..<inputs.count).map { column in
            column < inputs.dimension ? 1 / Double(inputs.dimension) : 0.01
        }
        return RidgeRegression(
            fitting: questions.flatMap { rows[$0] }, columns: inputs.count,
            targets: questions.flatMap { evidence.scores(of: $0) }, targetCount: evidence.experts.count,
            penalties: variance.map { penalty / $0 })
    }

    /// Σ of squared errors over what was recorded.
    private func error(of lines: RidgeRegression, _ rows: [[Float]], _ evidence: Evidence, _ questions: [Int]) -> Double
    {
        var sum = 0.0
        for question in questions {
            for (expected, score) in zip(lines.predict(rows[question]), evidence.scores(of: question))
            where !score.isNaN && !expected.isNaN {
                sum += Double((expected - score) * (expected - score))
            }
        }
        return sum
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
