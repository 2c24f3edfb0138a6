/// Raises the scores to a power and divides by the sum: a sharper or flatter version of the linear share.
///
/// `s_i = x_i^(1/τ) / Σ_j x_j^(1/τ)` for scores of 0 and above; τ = 0.5 squares them. Source: the general strength γ of
/// Symbolic-MoE (arXiv:2503.05641), as its released code does it; reviews of the paper describe a softmax at τ = 0.5
/// instead, which is `Softmax(temperature: 0.5)`. Scores are divided by the largest first, so no power overflows.
/// Beyond the formula: as for `LinearShare`, a negative score counts as 0 and a row of zeros stays zeros.
public struct PowerShare: Normaliser {
    private let exponent: Double

    /// The share at temperature τ, without unit: below 1 sharpens, above 1 flattens. Refuses what is not above 0.
    public init(temperature: Double) throws(GateRefusal) {
        exponent = try 1 / checkedTemperature(temperature, of: "PowerShare")
    }

    public func normalise(_ row: inout MutableSpan<Float>) {
        share(&row) { ratio in
            ratio > 0 ? exponential(exponent * naturalLogarithm(ratio)) : 0
        }
    }
}
