import CKernels

/// Numbers in half the memory: IEEE 754 binary16, as bits, because not every platform's Swift has `Float16`.
package enum HalfNumbers {
    /// Rounds `count` floats to the nearest half, to the even one between two: from 65520 on to infinity, and a NaN
    /// stays one.
    package static func narrow(
        _ x: UnsafePointer<Float>, into out: UnsafeMutablePointer<UInt16>, count: Int, path: CPUPath = .current
    ) {
        ckernels_to_half(x, out, count, path.code)
    }

    /// Gives the floats that `count` halves stand for, exactly.
    package static func widen(
        _ x: UnsafePointer<UInt16>, into out: UnsafeMutablePointer<Float>, count: Int, path: CPUPath = .current
    ) {
        ckernels_from_half(x, out, count, path.code)
    }
}
