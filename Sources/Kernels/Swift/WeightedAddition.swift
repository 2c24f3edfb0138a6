import CKernels

/// Adds a row of numbers to another with a weight: how the answers of several weight experts become one.
package enum WeightedAddition {
    /// `out[i] += weight · x[i]` for `count` numbers.
    package static func add(
        _ x: UnsafePointer<Float>, times weight: Float, to out: UnsafeMutablePointer<Float>, count: Int,
        path: CPUPath = .current
    ) {
        ckernels_add_scaled(out, x, weight, count, path.code)
    }
}
