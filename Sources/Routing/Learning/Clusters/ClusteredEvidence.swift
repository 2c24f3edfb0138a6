/// How every expert did on each cluster of questions.
struct ClusteredEvidence: Sendable {
    let clusters: KMeans
    /// The mean score where it was asked, `[clusters × experts]`; its overall mean where it never was.
    let accuracy: [Float]
    /// Drawn towards the overall means as far as chance deserves.
    let means: ShrunkenMeans

    init(_ evidence: Evidence, clusters: Int, seed: UInt64) {
        let gathered = KMeans(evidence.views.map(\.vector), clusters: clusters, seed: seed)
        var tally = ScoreTally(groups: gathered.count, experts: evidence.experts.count)
        for question in evidence.views.indices {
            tally.add(evidence.scores(of: question), groups: [gathered.labels[question]])
        }
        let means = ShrunkenMeans(tally)
        accuracy = tally.sums.indices.map { index in
            let count = tally.counts[index]
            return count > 0 ? Float(tally.sums[index] / count) : means.overall[index % tally.expertCount]
        }
        self.clusters = gathered
        self.means = means
    }

    /// The accuracy of each expert on one cluster, `[experts]`.
    func accuracy(on cluster: Int) -> ArraySlice<Float> {
        accuracy[cluster * means.expertCount..<(cluster + 1) * means.expertCount]
    }
}
