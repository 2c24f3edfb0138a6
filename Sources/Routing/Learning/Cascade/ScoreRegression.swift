import Core

/// Expects each expert's score by ridge regression on the question's vector and measures.
struct ScoreRegression: Sendable {
    private let inputs: QuestionInputs
    private let regression: RidgeRegression
    private let means: [Float]

    init(_ evidence: Evidence, penalty: Double) {
        let inputs = QuestionInputs(evidence.views)
        self.init(
            evidence, rows: evidence.views.map { inputs.row(of: $0) }, inputs: inputs,
            questions: Array(evidence.views.indices), penalty: penalty)
    }

    private init(_ evidence: Evidence, rows: [[Float]], inputs: QuestionInputs, questions: [Int], penalty: Double) {
        self.inputs = inputs
        means = evidence.overallMeans
        regression = RidgeRegression(
            fitting: questions.flatMap { rows[$0] }, columns: inputs.count,
            targets: questions.flatMap { evidence.scores(of: $0) }, targetCount: evidence.experts.count,
            penalty: penalty)
    }

    /// `[experts]`, kept within 0.01...0.99; the mean of an expert of whom nothing is recorded.
    func expectations(for view: QuestionView) -> [Float] { expectations(ofRow: inputs.row(of: view)) }

    private func expectations(ofRow row: [Float]) -> [Float] {
        zip(regression.predict(row), means).map { $0.isNaN ? $1 : min(max($0, 0.01), 0.99) }
    }

    /// What regressions that have not seen a question expect of it, `[questions × experts]`: three, of which each has seen
    /// two thirds of the questions.
    static func unseen(_ evidence: Evidence, penalty: Double, seed: UInt64) -> [Float] {
        let inputs = QuestionInputs(evidence.views)
        let rows = evidence.views.map { inputs.row(of: $0) }
        var random = SeededRandom(seed: seed)
        let folds = evidence.views.map { _ in random.below(3) }
        let regressions = (0..<3).map { fold in
            Self(
                evidence, rows: rows, inputs: inputs, questions: evidence.views.indices.filter { folds[$0] != fold },
                penalty: penalty)
        }
        return evidence.views.indices.flatMap { regressions[folds[$0]].expectations(ofRow: rows[$0]) }
    }
}
