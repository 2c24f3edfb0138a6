import CKernels

/// Brings a row of numbers to mean 0 and variance 1, then weights and shifts each (LayerNorm, arXiv:1607.06450).
package enum LayerNormalisation {
    /// `out[i] = (z[i] - mean(z)) / √(variance(z) + epsilon) · weight[i] + bias[i]` for `count` numbers, with
    /// `z = x + added`; without `added` it is x. `out` may be `x` or `added`. Sums are in Double.
    package static func normalise(
        _ x: UnsafePointer<Float>, adding added: UnsafePointer<Float>?, weight: UnsafePointer<Float>,
        bias: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, count: Int, epsilon: Float,
        path: CPUPath = .current
    ) {
        ckernels_layer_norm(x, added, weight, bias, out, count, epsilon, path.code)
    }
}
