internal import Gating

/// Reads log-probabilities from rows of logits.
///
/// `ln p_i = x_i - best - ln Σ_j exp(x_j - best)`, which cannot overflow. They are of the model's own distribution,
/// before bias, masks, penalties, temperature and cuts, as llama.cpp's server gives them by default; OpenAI does not say
/// which it gives. One pass finds the likeliest tokens, the best among them, and one adds up the sum; it is right to
/// about 1e-6.
public struct LogProbabilityReader: Sendable {
    private let count: Int
    private var candidates: [Candidate] = []

    /// Reads the chosen token and the `likeliest` best ones, 0 to 20 as in OpenAI's API; refuses another number.
    public init(likeliest count: Int) throws(SamplingRefusal) {
        guard (0...20).contains(count) else {
            throw .parameter("top_logprobs", found: "\(count)", expected: "a whole number from 0 to 20")
        }
        self.count = count
    }

    /// The log-probabilities in one row as the model gave it, `[vocabulary]`. NaN counts as ruled out; where logits are
    /// plus infinity, those tokens share everything equally.
    public mutating func read(_ logits: Span<Float>, chosen: Int) -> TokenLogProbabilities {
        precondition(logits.indices.contains(chosen), "the chosen token has a logit")
        BestTokens.fill(&candidates, from: logits, count: max(count, 1))
        guard let best = candidates.first?.logit else {
            let ruledOut = TokenLogProbability(token: chosen, logProbability: -.infinity)
            return TokenLogProbabilities(chosen: ruledOut, likeliest: [])
        }
        let logOfSum = naturalLogarithm(RowTerms.total(of: logits, best: best))
        func reading(_ token: Int) -> TokenLogProbability {
            let logit = logits[token]
            let distance = logit == best ? 0 : Double(logit) - Double(best)
            let logProbability = logit.isNaN ? -.infinity : distance - logOfSum
            return TokenLogProbability(token: token, logProbability: logProbability)
        }
        return TokenLogProbabilities(
            chosen: reading(chosen), likeliest: candidates.prefix(count).map { reading(Int($0.token)) })
    }
}
