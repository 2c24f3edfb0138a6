import Core

/// Ranks the experts on each cluster of similar questions and asks those of the best ranks near the question.
///
///     score(e) = Σ over the nearest clusters of p_c / (rank_c(e) + 0.1)
///
/// rank_c is 0 for the most accurate expert on the cluster's recorded questions; p_c as in `NearClusters`. Source: Avengers
/// (arXiv:2505.19797; its code for the constants): 64 clusters by k-means, β = 6, the nearest 3. Ties in rank go to the
/// better overall mean, then the lower index. We use fewer clusters where there are few questions (10 a cluster at
/// least), and expect of an expert the clusters' means, drawn towards its overall one.
public struct ClusterRouter: RouterLearner {
    public let name = "clusters"
    /// K.
    public let clusters: Int
    /// n: how many clusters near the question are asked.
    public let nearest: Int
    /// β, per unit of distance between vectors of length 1.
    public let sharpness: Double

    public init(clusters: Int = 64, nearest: Int = 3, sharpness: Double = 6) {
        precondition(clusters > 0 && nearest > 0, "there is a cluster to ask")
        self.clusters = clusters
        self.nearest = nearest
        self.sharpness = sharpness
    }

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        try evidence.requireQuestions(for: name)
        let clustered = ClusteredEvidence(evidence, clusters: min(clusters, max(1, evidence.count / 10)), seed: seed)
        let near = NearClusters(clusters: clustered.clusters, sharpness: sharpness, nearest: nearest)
        let scores = (0..<clustered.clusters.count).flatMap { cluster in
            Self.rankScores(Array(clustered.accuracy(on: cluster)), overall: clustered.means.overall)
        }
        return ScoredByCluster(near: near, scores: scores, means: clustered.means)
    }

    /// 1 / (rank + 0.1) of each expert.
    private static func rankScores(_ accuracy: [Float], overall: [Float]) -> [Float] {
        let order = accuracy.indices.sorted {
            (-accuracy[$0], -overall[$0], $0) < (-accuracy[$1], -overall[$1], $1)
        }
        var scores = accuracy
        for (rank, expert) in order.enumerated() { scores[expert] = 1 / (Float(rank) + 0.1) }
        return scores
    }
}
