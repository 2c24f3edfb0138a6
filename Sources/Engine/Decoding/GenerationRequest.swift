/// What one answer is to be: the tokens it continues, and how it is chosen and ended.
public struct GenerationRequest: Sendable {
    /// Token ids, at least one.
    public var prompt: [Int]

    /// Most tokens of the answer; nil for as many as fit the context.
    public var mostTokens: Int?

    /// How each token is chosen.
    public var sampling: SamplingSettings

    /// Repeats the draws.
    public var seed: UInt64

    /// Texts that end the answer and are not part of it.
    public var stops: [String] = []

    /// What the answer must be a text of; nil for any text.
    public var grammar: Grammar?

    /// How many of the likeliest tokens are reported with each token's log-probability; nil for no report.
    public var likeliest: Int?

    /// Weight experts that are switched for this request; nil for none.
    public var steering: SteeringPlan?

    /// Whether a token that ends a text ends the answer; if not it is a token like any other.
    public var endsAtEndToken = true

    /// An answer of the model's own to `prompt`.
    public init(prompt: [Int], sampling: SamplingSettings, seed: UInt64) {
        self.prompt = prompt
        self.sampling = sampling
        self.seed = seed
    }
}
