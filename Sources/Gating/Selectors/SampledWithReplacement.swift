/// Draws `count` experts in proportion to their scores; every draw sees all experts, so one may be drawn again.
///
/// `P(draw = i) = s_i / Σ_j s_j`, independently. Source: the recruiting of Symbolic-MoE (arXiv:2503.05641), whose
/// released code draws so. An expert drawn twice holds two seats, in draw order. Each draw takes one number from the
/// generator; a row in which no expert weighs anything gets no seat and takes none.
public struct SampledWithReplacement: Selector {
    private let count: Int

    /// Draws per row, 1 or more; refuses less.
    public init(count: Int) throws(GateRefusal) {
        self.count = try checkedSeatCount(count, of: "SampledWithReplacement.count")
    }

    public func choose(
        from choosing: Span<Float>, weighing: Span<Float>, into seats: inout Seats,
        using random: inout some RandomNumberGenerator
    ) {
        DrawWeights.begin(&seats.drawWeights, scores: choosing)
        while seats.count < count, let drawn = DrawWeights.draw(from: seats.drawWeights, using: &random) {
            seats.append(drawn)
        }
    }
}
