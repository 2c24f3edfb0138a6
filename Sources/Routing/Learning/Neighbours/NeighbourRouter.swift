import Core

/// Asks who did well on the most similar questions.
///
///     expected(e) = (Σ over the k nearest of score(q, e) + w · mean(e)) / (n + w)
///
/// n of the k nearest have an outcome of e; mean(e) is its score over everything. Sources: RouterBench (arXiv:2403.12031),
/// whose code takes the mean of 50 by cosine, and "Rethinking predictive modeling for LLM routing" (arXiv:2505.12601),
/// which finds that it holds its own against trained routers. They do not shrink (w = 0) and weigh score against cost; we
/// shrink, which settles near ties between experts in favour of who is better in general, and leave cost to the budget.
public struct NeighbourRouter: RouterLearner {
    public let name = "knn"
    /// k: how many questions are looked at.
    public let neighbours: Int
    /// w: how many outcomes an expert's mean over everything is worth.
    public let shrinkage: Double

    public init(neighbours: Int = 150, shrinkage: Double = 50) {
        precondition(neighbours > 0 && shrinkage >= 0, "k is positive and w not negative")
        self.neighbours = neighbours
        self.shrinkage = shrinkage
    }

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        try evidence.requireQuestions(for: name)
        return AskedTheNeighbours(
            index: NeighbourIndex(evidence.views.map(\.vector)), scores: evidence.scores,
            means: evidence.overallMeans, neighbours: neighbours, shrinkage: Float(shrinkage))
    }
}

private struct AskedTheNeighbours: LearnedRouter {
    let index: NeighbourIndex
    /// `[questions × experts]`, NaN where nobody was asked.
    let scores: [Float]
    /// `[experts]`.
    let means: [Float]
    let neighbours: Int
    let shrinkage: Float

    func expectations(for view: QuestionView) -> [Float] {
        var sums = means.map { shrinkage * $0 }
        var counts = means.map { _ in shrinkage }
        for neighbour in index.nearest(neighbours, to: view.vector) {
            let start = neighbour.index * means.count
            for expert in means.indices {
                let score = scores[start + expert]
                guard !score.isNaN else { continue }
                sums[expert] += score
                counts[expert] += 1
            }
        }
        return means.indices.map { counts[$0] > 0 ? sums[$0] / counts[$0] : means[$0] }
    }
}
