internal import Gating

/// Draws one token in proportion to its share of the softmax.
///
/// The draw itself is `Gating`'s, the one that also seats experts.
struct TokenDraw: Sendable {
    private let temperature: Double
    private let one: SampledWithReplacement
    private var weights: [Float] = []
    private var seats = Seats()

    /// Draws at this temperature, above 0.
    init(temperature: Double) throws(GateRefusal) {
        self.temperature = temperature
        one = try SampledWithReplacement(count: 1)
    }

    /// Draws one of the candidates; `best` is the highest logit among them. Takes one number from the generator.
    mutating func token(
        from candidates: [Candidate], best: Float, using random: inout some RandomNumberGenerator
    ) -> Int? {
        weights.removeAll(keepingCapacity: true)
        for candidate in candidates {
            weights.append(Float(candidate.term(best: best, temperature: temperature)))
        }
        return one.index(in: weights, seats: &seats, using: &random).map { Int(candidates[$0].token) }
    }

    /// Draws one token of the whole row; `best` is its highest logit. Takes two numbers from the generator: the first
    /// draws a block of tokens by the sum of its terms, the second a token of the block, so that no row of terms need
    /// be written. Temperatures below 10⁻³⁰ count as that.
    mutating func token(
        fromAll row: Span<Float>, best: Float, using random: inout some RandomNumberGenerator
    ) -> Int? {
        let inverse = Float(1 / max(temperature, 1e-30))
        weights.removeAll(keepingCapacity: true)
        for start in stride(from: 0, to: row.count, by: RowTerms.blockLength) {
            let block = start..<min(start + RowTerms.blockLength, row.count)
            weights.append(Float(RowTerms.sum(of: row, in: block, best: best, inverseTemperature: inverse)))
        }
        guard let block = one.index(in: weights, seats: &seats, using: &random) else { return nil }
        let start = block * RowTerms.blockLength
        RowTerms.fill(
            &weights, of: row, in: start..<min(start + RowTerms.blockLength, row.count), best: best,
            inverseTemperature: inverse)
        return one.index(in: weights, seats: &seats, using: &random).map { start + $0 }
    }
}

extension SampledWithReplacement {
    /// An index of `weights`, drawn in proportion to them; `seats` is working memory.
    fileprivate func index(
        in weights: [Float], seats: inout Seats, using random: inout some RandomNumberGenerator
    ) -> Int? {
        seats.clear()
        choose(from: weights.span, weighing: weights.span, into: &seats, using: &random)
        return seats.experts.first
    }
}
