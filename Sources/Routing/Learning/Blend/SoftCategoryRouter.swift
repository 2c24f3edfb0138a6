import Core

/// Expects of an expert what it scored in the categories that a question may belong to.
///
///     expected(e) = Σ_c P(c | x) · mean(c, e),   x = [vector ; measures]
///
/// P is a multinomial logistic regression, mean(c, e) the mean score drawn towards the expert's own (`ShrunkenMeans`). It
/// is the first step of a composition of experts (arXiv:2412.01868) without its second: no category is settled on, so a
/// wrong guess costs as much as it was believed. Without recorded categories the experts' own means remain.
public struct SoftCategoryRouter: RouterLearner {
    public let name = "soft-category"

    public init() {}

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        try evidence.requireQuestions(for: name)
        let names = evidence.categoryNames
        let labels = evidence.labels(among: names)
        let inputs = ScaledMeasures(of: evidence.views)
        guard names.count > 1 else {
            let means = ShrunkenMeans(evidence.tally(by: labels, groups: names.count))
            return SoftCategories(categoryNames: names, inputs: inputs, regression: nil, means: means)
        }
        var rows = LabelledRows(dimension: inputs.count, classCount: names.count)
        for (view, label) in zip(evidence.views, labels) {
            if let label { rows.append(inputs.row(of: view), label: label) }
        }
        return SoftCategories(
            categoryNames: names, inputs: inputs, regression: LogisticRegression(fitting: rows, seed: seed),
            means: ShrunkenMeans(evidence.tally(by: labels, groups: names.count)))
    }
}

private struct SoftCategories: LearnedRouter, CategoryGuessing {
    let categoryNames: [String]
    let inputs: ScaledMeasures
    /// Nil where there are not two categories to tell apart.
    let regression: LogisticRegression?
    let means: ShrunkenMeans

    func categoryProbabilities(for view: QuestionView) -> [Float] {
        guard let regression else { return categoryNames.map { _ in 1 } }
        return regression.probabilities(of: inputs.row(of: view).span)
    }

    func expectations(for view: QuestionView) -> [Float] {
        guard !categoryNames.isEmpty else { return means.overall }
        var expected = [Float](repeating: 0, count: means.expertCount)
        for (category, probability) in categoryProbabilities(for: view).enumerated() {
            for (expert, mean) in means.means(of: category).enumerated() { expected[expert] += probability * mean }
        }
        return expected
    }
}
