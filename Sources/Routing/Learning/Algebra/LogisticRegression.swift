import Core
import Gating

/// Multinomial logistic regression: a class is the more probable the further a row lies in the class's direction.
///
///     P(class | x) = exp(w_class · x + b_class) / Σ exp(w_other · x + b_other)
///
/// Fitted by minimising mean cross-entropy + penalty/2 · Σ w² (the biases are free) with `AdaptiveSteps` over seeded
/// mini-batches whose step length falls to zero, so that the end lies close to the optimum. Rows are scaled to a mean
/// square of 1 first (`LabelledRows.scale`); the penalty is meant for such rows.
struct LogisticRegression: Sendable {
    /// How a regression is fitted.
    struct Settings: Sendable {
        /// The weight of Σ w²/2 beside the mean loss of a row.
        var penalty: Float = 0.01
        /// How often every row is seen.
        var passes = 20
        /// How many rows make one step.
        var batch = 64
        /// The length of the first step.
        var rate: Float = 0.01
    }

    private let dimension: Int
    private let classCount: Int
    private let scale: Float
    /// `[classes × (dimension + 1)]`; the last number of a class is its bias.
    private var parameters: [Float]

    /// Fits the regression; the same rows and seed give the same bits. Without rows every class is as probable.
    init(fitting rows: LabelledRows, settings: Settings = Settings(), seed: UInt64) {
        dimension = rows.dimension
        classCount = rows.classCount
        scale = rows.scale
        parameters = [Float](repeating: 0, count: rows.classCount * (rows.dimension + 1))
        var gradient = parameters
        var optimiser = AdaptiveSteps(count: parameters.count)
        var batches = ShuffledBatches(count: rows.count, size: settings.batch, passes: settings.passes, seed: seed)
        while let batch = batches.next() {
            for index in gradient.indices { gradient[index] = settings.penalty * parameters[index] }
            for label in 0..<classCount { gradient[(label + 1) * (dimension + 1) - 1] = 0 }
            for row in batch.rows {
                let values = rows.values.span.extracting(rows.bounds(of: row))
                var slopes = probabilities(of: values)
                slopes[rows.labels[row]] -= 1
                for (label, slope) in slopes.enumerated() {
                    let part = slope / Float(batch.rows.count)
                    let start = label * (dimension + 1)
                    RowArithmetic.add(part * scale, times: values, to: &gradient, from: start)
                    gradient[start + dimension] += part
                }
            }
            optimiser.step(&parameters, against: gradient, rate: settings.rate * batch.left)
        }
    }

    /// The probability of each class, `[classes]`.
    func probabilities(of row: Span<Float>) -> [Float] {
        var logits = (0..<classCount).map { label in
            let start = label * (dimension + 1)
            let weights = parameters.span.extracting(start..<start + dimension)
            return RowArithmetic.dot(weights, row) * scale + parameters[start + dimension]
        }
        var span = logits.mutableSpan
        Softmax().normalise(&span)
        return logits
    }
}
