import CKernels

/// The bend in a feed-forward block: one row of numbers, bent, opens or closes another (arXiv:2002.05202).
package enum GatedActivation: Hashable, Sendable {
    /// `silu(gate) · up`, with `silu(z) = z / (1 + exp(-z))`.
    case swiglu

    /// `gelu(gate) · up`, gelu in its tanh form.
    case geglu

    /// gpt-oss: `g / (1 + exp(-alpha · g)) · (u + 1)`, with g the gate of at most `limit` and u the other number
    /// between `-limit` and `limit`.
    case clampedSwiglu(alpha: Float, limit: Float)

    /// Writes the result for `count` numbers over `gate`.
    package func apply(
        to gate: UnsafeMutablePointer<Float>, up: UnsafePointer<Float>, count: Int, path: CPUPath = .current
    ) {
        switch self {
        case .swiglu: ckernels_swiglu(gate, up, count, path.code)
        case .geglu: ckernels_geglu(gate, up, count, path.code)
        case .clampedSwiglu(let alpha, let limit):
            ckernels_clamped_swiglu(gate, up, count, alpha, limit, path.code)
        }
    }
}
