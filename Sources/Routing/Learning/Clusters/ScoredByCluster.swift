import Core
import Gating

/// The router of those who score experts cluster by cluster: seats go by the blended scores, expectations are the blended
/// means, since a score made of ranks or costs is no probability.
struct ScoredByCluster: LearnedRouter {
    let near: NearClusters
    /// What seats go by, higher is better, `[clusters × experts]`.
    let scores: [Float]
    let means: ShrunkenMeans

    func expectations(for view: QuestionView) -> [Float] {
        near.blend(means.values, width: means.expertCount, for: view.vector)
    }

    func recruit(for view: QuestionView, seats: Int, using random: inout SeededRandom) throws -> SeatPlan {
        let blended = near.blend(scores, width: means.expertCount, for: view.vector)
        let selection = try Gate(normaliser: Identity(), selector: TopK(count: seats))
            .select(ScoreMatrix(row: view.masked(blended)))
        return SeatPlan(experts: Array(selection.experts(inRow: 0)), expected: view.masked(expectations(for: view)))
    }
}
