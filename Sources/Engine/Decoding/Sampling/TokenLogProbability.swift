/// A token and the natural logarithm of its probability, 0 or less.
public struct TokenLogProbability: Sendable, Equatable {
    /// The token's id.
    public let token: Int

    /// `ln p`; minus infinity for a token the model rules out.
    public let logProbability: Double
}

/// How likely the model found the chosen token, and which tokens it found likeliest.
public struct TokenLogProbabilities: Sendable, Equatable {
    /// The token that was chosen.
    public let chosen: TokenLogProbability

    /// The likeliest tokens, best first; the chosen one is among them only if it is one of these.
    public let likeliest: [TokenLogProbability]
}
