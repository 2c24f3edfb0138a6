/// Weighs each seat by its expert's normalised score, unchanged.
///
/// `w_i = s_i`. Source: DeepSeekMoE (arXiv:2401.06066) and dynamic routing (arXiv:2403.07652), where the weights of the
/// chosen do not sum to one.
public struct KeepWeights: WeightPolicy {
    /// The policy without a setting.
    public init() {}

    public func weigh(_ weights: inout MutableSpan<Float>) {}
}
