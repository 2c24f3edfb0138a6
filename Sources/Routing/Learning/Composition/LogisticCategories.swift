/// Guesses a category by multinomial logistic regression on the question's vector; `LogisticRegression` has the formula.
public struct LogisticCategories: CategoryTrainer {
    public let name = "logistic"
    private let settings: LogisticRegression.Settings

    /// - Parameter penalty: the weight of Σ w²/2 beside the mean loss, 0 or more.
    public init(penalty: Float = 0.01) { settings = .init(penalty: penalty) }

    public func train(
        on vectors: [[Float]], labels: [Int], categories: Int, seed: UInt64
    ) -> any CategoryClassifier {
        let rows = LabelledRows(vectors, labels: labels, classCount: categories)
        return LogisticRegression(fitting: rows, settings: settings, seed: seed)
    }
}

extension LogisticRegression: CategoryClassifier {
    func probabilities(for vector: [Float]) -> [Float] { probabilities(of: vector.span) }
}
