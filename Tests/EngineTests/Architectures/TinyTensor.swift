import Support

/// A tensor of a tiny model: its name, its shape with neighbours in memory first, and how its numbers are drawn.
struct TinyTensor {
    enum Kind {
        /// Such that rows neither grow nor shrink much.
        case matrix
        /// Weights of a norm: near 1.
        case norm
        /// Biases, sinks and other numbers around 0.
        case vector
    }

    let name: String
    let shape: [Int]
    let kind: Kind

    init(_ name: String, _ shape: [Int], _ kind: Kind = .matrix) {
        (self.name, self.shape, self.kind) = (name, shape, kind)
    }

    /// As many numbers as `shape` takes.
    func numbers(shape: [Int], using random: inout TestRandom) -> [Float] {
        let (middle, spread): (Float, Float) =
            switch kind {
            case .matrix: (0, (3 / Float(shape[0])).squareRoot())
            case .norm: (1, 0.4)
            case .vector: (0, 0.5)
            }
        return (0..<shape.reduce(1, *)).map { _ in middle + Float.random(in: -spread...spread, using: &random) }
    }
}
