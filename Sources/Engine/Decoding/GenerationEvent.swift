/// What a generation tells while it runs: tokens, then its end.
public enum GenerationEvent: Sendable {
    case token(GeneratedToken)
    case end(GenerationEnd)
}

/// One token of an answer.
public struct GeneratedToken: Sendable {
    /// Its id.
    public let id: Int

    /// Text that this token released: whole characters, and nothing that could still become a stop text. May be empty,
    /// or more than the token's own.
    public let text: String

    /// How likely it was, when that was asked for.
    public let logProbabilities: TokenLogProbabilities?
}

/// How an answer ended, and what it took.
public struct GenerationEnd: Sendable {
    /// Why it ended.
    public enum Reason: Equatable, Sendable {
        /// The model ended it, or nothing more could follow.
        case end
        /// This stop text came.
        case stop(String)
        /// The limit of tokens was reached, or the context was full.
        case length
    }

    public let reason: Reason

    /// Text that was held back when the answer ended, its last.
    public let text: String

    public let promptTokens: Int

    /// Tokens of the prompt that were in a cache already.
    public let cachedTokens: Int

    public let generatedTokens: Int

    /// From being admitted until the prompt was read.
    public let promptTime: Duration

    /// From then until the end.
    public let generationTime: Duration
}
