import Gating

/// Between a probability and its log-odds, ln(p / (1 − p)).
enum LogOdds {
    /// The log-odds of a probability, which is kept one in a thousand away from 0 and 1.
    static func of(_ probability: Float) -> Float {
        let kept = min(max(Double(probability), 0.001), 0.999)
        return Float(naturalLogarithm(kept / (1 - kept)))
    }

    /// The probability whose log-odds these are: 1 / (1 + exp(−x)).
    static func probability(of logOdds: Float) -> Float { Float(1 / (1 + exponential(-Double(logOdds)))) }
}
