import Gating

/// How much each cluster has to say about a question: the nearest few share one vote, the nearer the more.
///
///     p_c = exp(−β d_c) / Σ over the n nearest of exp(−β d),   0 for all others
///
/// d is the distance between unit length question and centre. Source: Avengers (arXiv:2505.19797), β = 6, n = 3.
struct NearClusters: Sendable {
    let clusters: KMeans
    /// β, per unit of distance.
    let sharpness: Double
    /// n: how many clusters are asked.
    let nearest: Int

    /// The clusters that count and their shares, which sum to 1, nearest first.
    func shares(of vector: [Float]) -> [(cluster: Int, share: Float)] {
        let distances = clusters.distances(to: vector)
        let order = distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }.prefix(nearest)
        var shares = order.map { Float(-sharpness * Double(distances[$0])) }
        var span = shares.mutableSpan
        Softmax().normalise(&span)
        return Array(zip(order, shares)).map { (cluster: $0.0, share: $0.1) }
    }

    /// Σ_c p_c · row_c, of rows `[clusters × width]`.
    func blend(_ rows: [Float], width: Int, for vector: [Float]) -> [Float] {
        var blended = [Float](repeating: 0, count: width)
        for (cluster, share) in shares(of: vector) {
            let row = rows.span.extracting(cluster * width..<(cluster + 1) * width)
            RowArithmetic.add(share, times: row, to: &blended, from: 0)
        }
        return blended
    }
}
