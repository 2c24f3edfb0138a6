/// Weighs the seats of a row so that together they make one.
///
/// `w_i = s_i / Σ_(j chosen) s_j`. Source: Mixtral (arXiv:2401.04088), whose softmax over the chosen logits is the same
/// thing, and AdaMoE (arXiv:2406.13233). Beyond the formula: a negative score weighs 0, and where the sum is 0 or not
/// finite the seats share equally, so a row with seats always sums to one.
public struct Renormalise: WeightPolicy {
    /// The policy without a setting.
    public init() {}

    public func weigh(_ weights: inout MutableSpan<Float>) {
        var total = 0.0
        for seat in weights.indices {
            total += max(0, Double(weights[seat]))
        }
        guard total > 0, total.isFinite else {
            UniformWeights().weigh(&weights)
            return
        }
        for seat in weights.indices {
            weights[seat] = Float(max(0, Double(weights[seat])) / total)
        }
    }
}
