import Core

/// Weighs accuracy against cost on each cluster of similar questions.
///
///     score_c(e) = α · (accuracy − worst) / (best − worst) + (1 − α) · (1 − cost / highest cost)
///
/// worst and best are those of the cluster. Source: Avengers-Pro (arXiv:2508.12631; its code for the constants): α = 0.7,
/// 25 clusters, the nearest 3, blended as in `NearClusters` with the Avengers' β = 6. Its costs are measured on each
/// cluster; ours are the experts' own (`Evidence.costs`), since prices differ far more between experts than between
/// questions. Where all are as accurate that part is the same for all.
public struct ThriftyClusterRouter: RouterLearner {
    public let name = "clusters-pro"
    /// α: 1 looks at accuracy only, 0 at cost only.
    public let accuracyShare: Double
    public let clusters: Int
    /// How many clusters near the question are asked.
    public let nearest: Int
    /// β, per unit of distance between vectors of length 1.
    public let sharpness: Double

    public init(accuracyShare: Double = 0.7, clusters: Int = 25, nearest: Int = 3, sharpness: Double = 6) {
        precondition(clusters > 0 && nearest > 0, "there is a cluster to ask")
        precondition((0...1).contains(accuracyShare), "a share lies between 0 and 1")
        self.accuracyShare = accuracyShare
        self.clusters = clusters
        self.nearest = nearest
        self.sharpness = sharpness
    }

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        try evidence.requireQuestions(for: name)
        let costs = try evidence.costs(for: name)
        let clustered = ClusteredEvidence(evidence, clusters: min(clusters, max(1, evidence.count / 10)), seed: seed)
        let highest = costs.max() ?? 0
        let thrift = costs.map { highest > 0 ? 1 - $0 / highest : 1 }
        let scores = (0..<clustered.clusters.count).flatMap { cluster -> [Float] in
            let accuracy = clustered.accuracy(on: cluster).map { Double($0) }
            let worst = accuracy.min() ?? 0
            let span = (accuracy.max() ?? 0) - worst
            return accuracy.indices.map { expert in
                let part = span > 0 ? (accuracy[expert] - worst) / span : 1
                return Float(accuracyShare * part + (1 - accuracyShare) * thrift[expert])
            }
        }
        return ScoredByCluster(
            near: NearClusters(clusters: clustered.clusters, sharpness: sharpness, nearest: nearest), scores: scores,
            means: clustered.means)
    }
}
