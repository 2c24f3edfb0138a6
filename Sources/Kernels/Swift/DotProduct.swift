import CKernels

/// The sum of the products of two rows of numbers, the step a matrix product is made of.
///
/// `Σ_i a_i · b_i` in Float, on the fastest path of this processor. Paths add in different orders, so results may
/// differ between machines in the last digits: within `n · 2⁻²⁴ · Σ |a_i b_i|` of the exact sum.
public enum DotProduct {
    /// The dot product of two rows of the same length; two empty rows give 0. Different lengths are a mistake of the
    /// caller and stop the program.
    public static func of(_ a: Span<Float>, _ b: Span<Float>) -> Float {
        of(a, b, on: .current)
    }

    /// The same for memory that is only pointed at; it needs no alignment beyond that of a Float.
    public static func of(_ a: UnsafeBufferPointer<Float>, _ b: UnsafeBufferPointer<Float>) -> Float {
        of(a, b, on: .current)
    }

    /// The same on a chosen path, so that tests see each; one that this processor lacks is answered by the portable
    /// one.
    package static func of(_ a: Span<Float>, _ b: Span<Float>, on path: CPUPath) -> Float {
        a.withUnsafeBufferPointer { left in
            b.withUnsafeBufferPointer { right in
                of(left, right, on: path)
            }
        }
    }

    private static func of(
        _ a: UnsafeBufferPointer<Float>, _ b: UnsafeBufferPointer<Float>, on path: CPUPath
    ) -> Float {
        precondition(a.count == b.count, "a dot product needs two rows of the same length")
        return ckernels_dot(a.baseAddress, b.baseAddress, a.count, path.code)
    }
}
