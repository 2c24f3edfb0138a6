import Core

/// Seats the expert that is best in the question's true category, which no real router is told.
///
/// Expects the category's mean scores, drawn towards each expert's own by `ShrunkenMeans`; a question of an unknown or of
/// no category gets the overall means. A router that guesses categories cannot do better than this but by luck.
public struct BestPerCategory: RouterLearner {
    public let name = "best-per-category"
    public let seesCategory = true

    public init() {}

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        try evidence.requireQuestions(for: name)
        let names = evidence.categoryNames
        guard !names.isEmpty else {
            throw Fault(
                .unsupported, name, "no question has a category",
                expected: "outcomes whose questions say what category they are of",
                hint: "Choose a mechanism that needs none, such as best-single")
        }
        let labels = evidence.labels(among: names)
        return ToldTheCategory(names: names, means: ShrunkenMeans(evidence.tally(by: labels, groups: names.count)))
    }
}

private struct ToldTheCategory: LearnedRouter {
    let names: [String]
    let means: ShrunkenMeans

    func expectations(for view: QuestionView) -> [Float] {
        guard let category = view.category, let index = names.firstIndex(of: category) else { return means.overall }
        return Array(means.means(of: index))
    }
}
