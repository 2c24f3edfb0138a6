import Core
import Gating

/// A classifier with one hidden layer: it may bend where a regression is straight.
///
///     P(class | x) = softmax(V · max(0, W x + b) + c)
///
/// Fitted like `LogisticRegression`. The weights begin as seeded draws from ±√(6 / inputs) (arXiv:1502.01852, uniform),
/// the biases at 0. Units that are off have no slope and cost no backward step.
struct HiddenLayerNetwork: Sendable {
    /// How a network is built and fitted.
    struct Settings: Sendable {
        /// Units of the hidden layer.
        var units = 64
        /// The weight of Σ w²/2 beside the mean loss of a row.
        var penalty: Float = 0.01
        /// How often every row is seen.
        var passes = 10
        /// How many rows make one step.
        var batch = 64
        /// The length of the first step.
        var rate: Float = 0.003
    }

    private let dimension: Int
    private let units: Int
    private let classCount: Int
    private let scale: Float
    /// `[units × (dimension + 1)]`, then `[classes × (units + 1)]`; the last number of each row is its bias.
    private var parameters: [Float]

    /// Fits the network; the same rows and seed give the same bits.
    init(fitting rows: LabelledRows, settings: Settings = Settings(), seed: UInt64) {
        precondition(settings.units > 0, "a hidden layer has a unit")
        dimension = rows.dimension
        units = settings.units
        classCount = rows.classCount
        scale = rows.scale
        parameters = []
        begin(seed: seed)
        var gradient = [Float](repeating: 0, count: parameters.count)
        var optimiser = AdaptiveSteps(count: parameters.count)
        var batches = ShuffledBatches(
            count: rows.count, size: settings.batch, passes: settings.passes,
            seed: SeededRandom.derived(from: seed, index: 1))
        while let batch = batches.next() {
            for index in gradient.indices { gradient[index] = settings.penalty * parameters[index] }
            for unit in 0..<units { gradient[hiddenRow(unit) + dimension] = 0 }
            for label in 0..<classCount { gradient[outputRow(label) + units] = 0 }
            for row in batch.rows {
                let values = rows.values.span.extracting(rows.bounds(of: row))
                addSlope(of: values, label: rows.labels[row], factor: 1 / Float(batch.rows.count), to: &gradient)
            }
            optimiser.step(&parameters, against: gradient, rate: settings.rate * batch.left)
        }
    }

    /// The probability of each class, `[classes]`.
    func probabilities(of row: Span<Float>) -> [Float] { probabilities(ofHidden: hidden(row)) }

    private func hiddenRow(_ unit: Int) -> Int { unit * (dimension + 1) }

    private func outputRow(_ label: Int) -> Int { units * (dimension + 1) + label * (units + 1) }

    private mutating func begin(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        func appendRow(inputs: Int) {
            let reach = (6 / Double(max(1, inputs))).squareRoot()
            for _ in 0..<inputs { parameters.append(Float((2 * random.unit() - 1) * reach)) }
            parameters.append(0)
        }
        for _ in 0..<units { appendRow(inputs: dimension) }
        for _ in 0..<classCount { appendRow(inputs: units) }
    }

    /// What the hidden units say, `[units]`.
    private func hidden(_ row: Span<Float>) -> [Float] {
        (0..<units).map { unit in
            let start = hiddenRow(unit)
            let weights = parameters.span.extracting(start..<start + dimension)
            return max(0, RowArithmetic.dot(weights, row) * scale + parameters[start + dimension])
        }
    }

    private func probabilities(ofHidden hidden: [Float]) -> [Float] {
        var logits = (0..<classCount).map { label in
            let start = outputRow(label)
            let weights = parameters.span.extracting(start..<start + units)
            return RowArithmetic.dot(weights, hidden.span) + parameters[start + units]
        }
        var span = logits.mutableSpan
        Softmax().normalise(&span)
        return logits
    }

    /// Adds `factor` times the slope of one row's cross-entropy, by the chain rule from the output backwards.
    private func addSlope(of row: Span<Float>, label: Int, factor: Float, to gradient: inout [Float]) {
        let hidden = hidden(row)
        var slopes = probabilities(ofHidden: hidden)
        slopes[label] -= 1
        var hiddenSlopes = [Float](repeating: 0, count: units)
        for (label, slope) in slopes.enumerated() {
            let start = outputRow(label)
            RowArithmetic.add(factor * slope, times: hidden.span, to: &gradient, from: start)
            gradient[start + units] += factor * slope
            let weights = parameters.span.extracting(start..<start + units)
            RowArithmetic.add(slope, times: weights, to: &hiddenSlopes, from: 0)
        }
        for unit in 0..<units where hidden[unit] > 0 {
            let part = factor * hiddenSlopes[unit]
            RowArithmetic.add(part * scale, times: row, to: &gradient, from: hiddenRow(unit))
            gradient[hiddenRow(unit) + dimension] += part
        }
    }
}
