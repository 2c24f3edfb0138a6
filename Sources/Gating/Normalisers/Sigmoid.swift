/// Scores every expert on its own between 0 and 1, without competition between experts.
///
/// `s_i = 1 / (1 + exp(-x_i))`. Source: the gate of DeepSeek-V3 (arXiv:2412.19437). We keep an excluded expert
/// excluded: minus infinity becomes NaN rather than 0.
public struct Sigmoid: Normaliser {
    /// The normaliser without a setting.
    public init() {}

    public func normalise(_ row: inout MutableSpan<Float>) {
        for expert in row.indices {
            let score = row[expert]
            row[expert] = score.isChoosable ? Float(1 / (1 + exponential(-Double(score)))) : .nan
        }
    }
}
