/// Divides the scores by their sum, so that twice the score is twice the share.
///
/// `s_i = x_i / Σ_j x_j` for scores of 0 and above. Source: the draw of Symbolic-MoE (arXiv:2503.05641), as its
/// released code does it. Beyond the formula: a negative score counts as 0, a row of zeros stays zeros, and where
/// scores are plus infinity those experts share equally.
public struct LinearShare: Normaliser {
    /// The normaliser without a setting.
    public init() {}

    public func normalise(_ row: inout MutableSpan<Float>) {
        share(&row) { $0 }
    }
}
