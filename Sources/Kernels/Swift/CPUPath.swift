import CKernels

/// The set of instructions the kernels run on, found when the program runs rather than when it was built.
public enum CPUPath: String, Sendable, CaseIterable {
    /// Plain C, on any processor.
    case portable

    /// AVX2 with FMA and conversions of half numbers, on 64-bit x86.
    case avx2

    /// NEON, on 64-bit ARM.
    case neon

    /// The fastest path this processor and operating system offer; the same for the whole life of the program.
    public static var current: CPUPath {
        switch ckernels_path() {
        case CKernelsPathAVX2: .avx2
        case CKernelsPathNEON: .neon
        default: .portable
        }
    }

    /// The same path in the words of the C kernels.
    var code: CKernelsPath {
        switch self {
        case .portable: CKernelsPathPortable
        case .avx2: CKernelsPathAVX2
        case .neon: CKernelsPathNEON
        }
    }
}
