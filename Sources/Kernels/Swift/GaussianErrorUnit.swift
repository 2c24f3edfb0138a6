import CKernels

/// The bend in a BERT model's feed-forward block: lets a number through by its chance to be above a draw from the bell
/// curve (GELU in its exact form, arXiv:1606.08415).
package enum GaussianErrorUnit {
    /// Writes `x · Φ(x)`, `Φ(z) = (1 + erf(z / √2)) / 2`, over `count` numbers, within `4e-7 · max(1, |x|)`.
    package static func apply(to x: UnsafeMutablePointer<Float>, count: Int, path: CPUPath = .current) {
        ckernels_gelu(x, count, path.code)
    }
}
