/// Gives questions without a category the one that most of their neighbours have, where the neighbours agree enough.
///
/// Source: the training labels of Composition of Experts (arXiv:2412.01868) are partly semi-supervised; the paper's rule
/// could not be read. Ours: the majority among the k nearest labelled questions, if its share reaches a threshold.
public struct SemiSupervisedLabels: Sendable {
    private let neighbours: Int
    private let share: Float

    /// - Parameters:
    ///   - neighbours: k, 1 or more.
    ///   - share: the least share of the majority among the neighbours, 0...1.
    public init(neighbours: Int = 20, share: Float = 0.6) {
        self.neighbours = max(1, neighbours)
        self.share = share
    }

    /// The labels with some of the missing ones filled in; those that are there stay.
    public func filled(_ labels: [Int?], vectors: [[Float]], categories: Int) -> [Int?] {
        let known = labels.indices.filter { labels[$0] != nil }
        guard known.count < labels.count, !known.isEmpty else { return labels }
        let classifier = NeighbourCategories(neighbours: neighbours)
            .train(
                on: known.map { vectors[$0] }, labels: known.compactMap { labels[$0] }, categories: categories, seed: 0)
        return labels.indices.map { question in
            if let label = labels[question] { return label }
            let shares = classifier.probabilities(for: vectors[question])
            let majority = shares.indexOfLargest
            return shares[majority] >= share ? majority : nil
        }
    }
}

extension [Float] {
    /// The first index of the largest number; 0 if there is none.
    var indexOfLargest: Int {
        var best = 0
        for index in indices where self[index] > self[best] { best = index }
        return best
    }
}
