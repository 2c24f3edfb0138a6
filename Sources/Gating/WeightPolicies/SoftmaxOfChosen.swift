/// Weighs the seats of a row by the softmax of their scores alone.
///
/// `w_i = exp(s_i) / Σ_(j chosen) exp(s_j)`. Source: Mixtral (arXiv:2401.04088, section 2.1) and gpt-oss, which choose by
/// raw logits. With raw scores this equals `Renormalise` after a softmax over all.
public struct SoftmaxOfChosen: WeightPolicy {
    /// The policy without a setting.
    public init() {}

    public func weigh(_ weights: inout MutableSpan<Float>) {
        Softmax().normalise(&weights)
    }
}
