/// Turns scores into shares that are positive and sum to one; a difference of scores becomes a ratio of shares.
///
/// `s_i = exp((x_i - max x) / τ) / Σ_j exp((x_j - max x) / τ)`. The usual gate of sparse mixtures (arXiv:1701.06538).
/// Sums run in Double. Beyond the formula: excluded experts are left out of the sum and become NaN; where scores are
/// plus infinity, those experts share equally, which is the limit of the formula.
public struct Softmax: Normaliser {
    private let temperature: Double

    /// Softmax at temperature 1.
    public init() {
        temperature = 1
    }

    /// Softmax at temperature τ, without unit: below 1 sharpens, above 1 flattens. Refuses what is not above 0.
    public init(temperature: Double) throws(GateRefusal) {
        self.temperature = try checkedTemperature(temperature, of: "Softmax")
    }

    public func normalise(_ row: inout MutableSpan<Float>) {
        var best = -Float.infinity
        for expert in row.indices where row[expert] > best {
            best = row[expert]
        }
        // Each term is rounded to Float once, before the sum, so that no second row is needed.
        var total = 0.0
        for expert in row.indices {
            let score = row[expert]
            guard score.isChoosable else {
                row[expert] = .nan
                continue
            }
            let distance = score == best ? 0 : (Double(score) - Double(best)) / temperature
            let term = Float(exponential(distance))
            total += Double(term)
            row[expert] = term
        }
        divide(&row, by: total)
    }
}
