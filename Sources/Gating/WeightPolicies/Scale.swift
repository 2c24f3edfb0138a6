/// Multiplies every weight by one factor, after another policy has decided them.
///
/// `w_i = λ · w'_i`. Source: the routed scaling factor of DeepSeek-V2 and V3 (arXiv:2412.19437), which V3 applies to
/// renormalised weights: `Scale(by: 2.5, after: Renormalise())`.
public struct Scale: WeightPolicy {
    private let factor: Float
    private let inner: any WeightPolicy

    /// The factor λ, without unit, finite, and the policy that comes before it; refuses a factor that is not finite.
    public init(by factor: Float, after inner: any WeightPolicy = KeepWeights()) throws(GateRefusal) {
        guard factor.isFinite else {
            throw GateRefusal(subject: "Scale.by", found: "\(factor)", expected: "a finite number")
        }
        self.factor = factor
        self.inner = inner
    }

    public func weigh(_ weights: inout MutableSpan<Float>) {
        inner.weigh(&weights)
        for seat in weights.indices {
            weights[seat] *= factor
        }
    }
}
