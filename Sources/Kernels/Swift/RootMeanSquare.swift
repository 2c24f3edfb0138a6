import CKernels

/// Brings a row of numbers to a root mean square of one, then weights each: the normalisation between the layers of
/// a model (RMSNorm, arXiv:1910.07467).
package enum RootMeanSquare {
    /// `out[i] = x[i] / √(mean(x²) + epsilon) · weight[i]` for `count` numbers; without `weight` all weights are 1.
    /// `out` may be `x`. The squares are summed in Double.
    package static func normalise(
        _ x: UnsafePointer<Float>, weight: UnsafePointer<Float>?, into out: UnsafeMutablePointer<Float>, count: Int,
        epsilon: Float, path: CPUPath = .current
    ) {
        ckernels_rms_norm(x, weight, out, count, epsilon, path.code)
    }
}
