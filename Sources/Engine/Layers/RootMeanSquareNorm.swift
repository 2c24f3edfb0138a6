import Kernels

/// Scales each row to a root mean square of one, then each column by its weight.
///
/// `y_i = x_i / √(mean(x²) + ε) · w_i`. Source: RMSNorm, arXiv:1910.07467.
struct RootMeanSquareNorm: Sendable {
    /// `[width]`.
    let weights: [Float]

    /// ε.
    let epsilon: Float

    /// The norm of each row of `x`, in rows of its own.
    func callAsFunction(_ x: ActivationRows, _ pass: Pass) -> ActivationRows {
        let out = pass.bench.memory.rows(x.count, width: x.width)
        pass.bench.forEach(x.count) { row in
            apply(x[row], to: out[row], count: x.width)
        }
        return out
    }

    /// The norm of rows that are made of pieces of the norm's own width, such as heads, in place.
    func applyInPlace(_ x: ActivationRows, _ pass: Pass) {
        let width = weights.count
        pass.bench.forEach(x.count) { row in
            for first in stride(from: 0, to: x.width, by: width) {
                apply(x[row] + first, to: x[row] + first, count: width)
            }
        }
    }

    private func apply(_ x: UnsafeMutablePointer<Float>, to out: UnsafeMutablePointer<Float>, count: Int) {
        weights.withUnsafeBufferPointer { weights in
            RootMeanSquare.normalise(x, weight: weights.baseAddress, into: out, count: count, epsilon: epsilon)
        }
    }
}

extension WeightFile {
    /// The norm `name` of rows of `width` numbers.
    func norm(_ name: String, width: Int) throws(ModelRefusal) -> RootMeanSquareNorm {
        RootMeanSquareNorm(
            weights: try vector(name + ".weight", length: width),
            epsilon: Float(try number("attention.layer_norm_rms_epsilon")))
    }
}
