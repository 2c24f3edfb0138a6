/// Draws `count` different experts one after the other, each in proportion to its score among those still waiting.
///
/// `P(next = i) = s_i / Σ_(j not yet drawn) s_j`: successive sampling, the weights renormalised after each draw. Our
/// variant of Symbolic-MoE's draw (arXiv:2503.05641) for a panel in which nobody sits twice. An expert of weight 0 is
/// never drawn; with fewer others than `count`, those are all. Each draw takes one number from the generator.
public struct SampledWithoutReplacement: Selector {
    private let count: Int

    /// Seats per row, 1 or more; refuses less.
    public init(count: Int) throws(GateRefusal) {
        self.count = try checkedSeatCount(count, of: "SampledWithoutReplacement.count")
    }

    public func choose(
        from choosing: Span<Float>, weighing: Span<Float>, into seats: inout Seats,
        using random: inout some RandomNumberGenerator
    ) {
        DrawWeights.begin(&seats.drawWeights, scores: choosing)
        while seats.count < count, let drawn = DrawWeights.draw(from: seats.drawWeights, using: &random) {
            seats.append(drawn)
            seats.drawWeights[drawn] = 0
        }
    }
}
