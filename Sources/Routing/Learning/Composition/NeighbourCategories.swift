/// Guesses a category by the shares it has among the nearest known questions.
///
///     P(c | q) = how many of the k nearest by cosine belong to c, divided by k
///
/// The router of the same team's earlier product is a classifier of nearest neighbours as well (routers of Samba-1); its k
/// is not known, ours is 20.
public struct NeighbourCategories: CategoryTrainer {
    public let name = "knn"
    private let neighbours: Int

    /// - Parameter neighbours: k, 1 or more.
    public init(neighbours: Int = 20) { self.neighbours = max(1, neighbours) }

    public func train(
        on vectors: [[Float]], labels: [Int], categories: Int, seed: UInt64
    ) -> any CategoryClassifier {
        NeighbourShares(
            index: NeighbourIndex(vectors), labels: labels, categories: categories, neighbours: neighbours)
    }
}

private struct NeighbourShares: CategoryClassifier {
    let index: NeighbourIndex
    let labels: [Int]
    let categories: Int
    let neighbours: Int

    func probabilities(for vector: [Float]) -> [Float] {
        let nearest = index.nearest(neighbours, to: vector)
        guard !nearest.isEmpty else { return [Float](repeating: 1 / Float(categories), count: categories) }
        var counts = [Int](repeating: 0, count: categories)
        for neighbour in nearest { counts[labels[neighbour.index]] += 1 }
        return counts.map { Float($0) / Float(nearest.count) }
    }
}
