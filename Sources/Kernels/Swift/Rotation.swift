import CKernels

/// Tells a head where its token stands: pairs of its numbers turn by angles that grow with the position (RoPE,
/// arXiv:2104.09864). The case says which numbers are a pair.
package enum Rotation: Hashable, Sendable {
    /// Numbers 2i and 2i + 1.
    case adjacent

    /// Numbers i and i + pairs.
    case halves

    /// Turns the first `2 · pairs` numbers of each of `heads` heads, which begin `stride` numbers apart, by the angles
    /// whose cosines and sines are given, `pairs` of each: (a, b) becomes (a cos - b sin, a sin + b cos).
    package func turn(
        _ x: UnsafeMutablePointer<Float>, heads: Int, stride: Int, cosines: UnsafePointer<Float>,
        sines: UnsafePointer<Float>, pairs: Int, path: CPUPath = .current
    ) {
        ckernels_rotate(x, heads, stride, cosines, sines, pairs, code, path.code)
    }

    private var code: CKernelsRotation {
        switch self {
        case .adjacent: CKernelsRotateAdjacent
        case .halves: CKernelsRotateHalves
        }
    }
}
