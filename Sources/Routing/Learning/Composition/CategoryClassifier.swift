/// Guesses the category of a question from its vector: the first half of a composition of experts.
///
/// Source: Composition of Experts, arXiv:2412.01868, whose category router is a text classifier; which one the authors use
/// could not be read. Nearest neighbours, logistic regression and a small network are our reconstruction.
public protocol CategoryClassifier: Sendable {
    /// The probability of each category, `[categories]`; they sum to one.
    func probabilities(for vector: [Float]) -> [Float]
}

/// A way to learn a category classifier from questions whose category is known.
public protocol CategoryTrainer: Sendable {
    /// What commands and reports call it.
    var name: String { get }

    /// Learns from `vectors` of unit length; `labels` number their categories from 0 to `categories` − 1. The same input
    /// and seed give the same classifier everywhere.
    func train(on vectors: [[Float]], labels: [Int], categories: Int, seed: UInt64) -> any CategoryClassifier
}

/// A router that guesses categories on its way, so that its guesses can be compared with the truth.
public protocol CategoryGuessing {
    /// The categories it knows, in the order of their probabilities.
    var categoryNames: [String] { get }

    /// The probability of each category, `[categories]`.
    func categoryProbabilities(for view: QuestionView) -> [Float]
}

extension LabelledRows {
    /// Vectors as rows of equal length.
    init(_ vectors: [[Float]], labels: [Int], classCount: Int) {
        self.init(dimension: vectors.reduce(0) { max($0, $1.count) }, classCount: classCount)
        for (vector, label) in zip(vectors, labels) { append(vector, label: label) }
    }
}
