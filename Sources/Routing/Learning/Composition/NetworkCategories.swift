/// Guesses a category by a network with one hidden layer on the question's vector; `HiddenLayerNetwork` has the formula.
public struct NetworkCategories: CategoryTrainer {
    public let name = "network"
    private let settings: HiddenLayerNetwork.Settings

    /// - Parameters:
    ///   - units: the size of the hidden layer, 1 or more.
    ///   - penalty: the weight of Σ w²/2 beside the mean loss, 0 or more.
    public init(units: Int = 64, penalty: Float = 0.01) {
        settings = .init(units: max(1, units), penalty: penalty)
    }

    public func train(
        on vectors: [[Float]], labels: [Int], categories: Int, seed: UInt64
    ) -> any CategoryClassifier {
        let rows = LabelledRows(vectors, labels: labels, classCount: categories)
        return HiddenLayerNetwork(fitting: rows, settings: settings, seed: seed)
    }
}

extension HiddenLayerNetwork: CategoryClassifier {
    func probabilities(for vector: [Float]) -> [Float] { probabilities(of: vector.span) }
}
