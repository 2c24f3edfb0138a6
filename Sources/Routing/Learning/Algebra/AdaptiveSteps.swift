/// Adam: gradient steps of which each parameter has its own length.
///
///     m ← β₁ m + (1 − β₁) g,   v ← β₂ v + (1 − β₂) g²,   θ ← θ − rate · m̂ / (√v̂ + ε)
///
/// Source: arXiv:1412.6980, algorithm 1, with its β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸; m̂ and v̂ are m and v divided by
/// 1 − βᵗ. No number depends on the machine: additions, products, a division and a root.
struct AdaptiveSteps {
    private var mean: [Float]
    private var square: [Float]
    private var meanLeft: Float = 1
    private var squareLeft: Float = 1

    init(count: Int) {
        mean = [Float](repeating: 0, count: count)
        square = mean
    }

    /// Moves the parameters one step down the gradient; all rows have the count given at the beginning.
    mutating func step(_ parameters: inout [Float], against gradient: [Float], rate: Float) {
        precondition(parameters.count == mean.count && gradient.count == mean.count, "one slope a parameter")
        meanLeft *= 0.9
        squareLeft *= 0.999
        let meanScale = rate / (1 - meanLeft)
        let squareScale = 1 / (1 - squareLeft)
        for index in parameters.indices {
            let slope = gradient[index]
            mean[index] += 0.1 * (slope - mean[index])
            square[index] += 0.001 * (slope * slope - square[index])
            parameters[index] -= meanScale * mean[index] / ((square[index] * squareScale).squareRoot() + 1e-8)
        }
    }
}
