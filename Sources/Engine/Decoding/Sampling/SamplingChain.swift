internal import Gating

/// Takes one row of adjusted logits to one token: top-k, top-p, min-p, temperature, draw, in this order.
///
/// The order is llama.cpp's default. What may be chosen is cut from the model's own distribution and temperature comes
/// last, so a high temperature makes the choice freer among the plausible tokens and never brings an implausible one
/// back. (With temperature first, as in some other engines, top-p 0.95 at temperature 2 lets in thousands.) Top-p
/// counts shares of what top-k left.
struct SamplingChain: Sendable {
    private let settings: SamplingSettings
    private let minPDistance: Double
    private var candidates: [Candidate] = []
    private var nucleus = Nucleus()
    private var draw: TokenDraw

    init(_ settings: SamplingSettings) throws(GateRefusal) {
        self.settings = settings
        minPDistance = naturalLogarithm(settings.minP)
        draw = try TokenDraw(temperature: settings.temperature)
    }

    /// The chosen token; nil when no logit is above minus infinity. Temperature 0 takes nothing from the generator.
    mutating func choose(from row: Span<Float>, using random: inout some RandomNumberGenerator) -> Int? {
        guard settings.temperature > 0 else {
            return BestTokens.best(of: row).map { Int($0.token) }
        }
        if let count = settings.topK, count < row.count {
            BestTokens.fill(&candidates, from: row, count: count)
            guard let best = candidates.first?.logit else { return nil }
            cutBest(best)
            return draw.token(from: candidates, best: best, using: &random)
        }
        guard let best = BestTokens.best(of: row)?.logit else { return nil }
        if settings.topP == 1, settings.minP == 0 {
            return draw.token(fromAll: row, best: best, using: &random)
        }
        fillCut(from: row, best: best)
        return draw.token(from: candidates, best: best, using: &random)
    }

    /// The same for an array of logits.
    mutating func choose(from row: [Float], using random: inout some RandomNumberGenerator) -> Int? {
        choose(from: row.span, using: &random)
    }

    /// Applies top-p and min-p to the tokens that top-k left.
    private mutating func cutBest(_ best: Float) {
        if settings.topP < 1 {
            var total = 0.0
            for candidate in candidates {
                total += candidate.term(best: best)
            }
            _ = nucleus.cut(&candidates, toMass: settings.topP * total, best: best, reach: RowTerms.reach)
        }
        let floor = minPFloor(best)
        candidates.removeAll { $0.logit < floor }
    }

    /// Applies top-p and min-p to the whole row. Both keep the best tokens down to some logit, so the order of the two
    /// makes no difference here, and tokens far below the best are gathered only if the nearer ones hold too little.
    private mutating func fillCut(from row: Span<Float>, best: Float) {
        let floor = minPFloor(best)
        guard settings.topP < 1 else {
            BestTokens.fill(&candidates, from: row, atLeast: floor)
            return
        }
        let mass = settings.topP * RowTerms.total(of: row, best: best)
        for reach in [8, 16, 32, RowTerms.reach] {
            let lowest = best - reach
            BestTokens.fill(&candidates, from: row, atLeast: max(floor, lowest))
            let isCut = nucleus.cut(&candidates, toMass: mass, best: best, reach: reach)
            // Below min-p's floor there is nothing more to gather, whatever top-p still misses.
            if isCut || lowest <= floor { return }
        }
    }

    /// The lowest logit that min-p keeps: `best + ln(min-p)`.
    private func minPFloor(_ best: Float) -> Float {
        settings.minP == 0 ? -.infinity : Float(Double(best) + minPDistance)
    }
}
