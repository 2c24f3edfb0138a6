internal import Gating

/// Chooses the tokens of one answer, one after the other, from the rows of logits the model gives.
///
///     forbidden tokens → logit bias → penalties → top-k → top-p → min-p → temperature → draw
///
/// Forbidden tokens go first, so that top-k counts tokens that may stand here. Equal settings, seed, prompt and rows
/// give equal tokens on every platform: the arithmetic is IEEE 754's in an order that the code fixes, and exponentials
/// and logarithms are our own. NaN is never chosen. Where logits are plus infinity, those tokens share the draw equally.
/// A copy of a sampler continues on its own from where the original stood.
public struct Sampler: Sendable {
    /// Number of tokens of the vocabulary; the length of every row.
    public let tokenCount: Int

    private let settings: SamplingSettings
    private var random: SplitMix64
    private var history: TokenHistory
    private var adjusted = AdjustedRow()
    private var chain: SamplingChain

    /// A sampler for the answer to `prompt`, whose latest tokens the repetition penalty sees. Refuses a logit bias for
    /// a token that the vocabulary of `tokenCount` tokens does not have.
    public init(
        _ settings: SamplingSettings, tokenCount: Int, seed: UInt64,
        prompt: some BidirectionalCollection<Int> = [Int]()
    ) throws(SamplingRefusal) {
        precondition(tokenCount > 0 && tokenCount <= Int(Int32.max), "token ids have 32 bits")
        if let outside = settings.logitBias.keys.sorted().first(where: { !(0..<tokenCount).contains($0) }) {
            throw .parameter(
                "logit_bias", found: "token \(outside)", expected: "token ids from 0 to \(tokenCount - 1)")
        }
        precondition(prompt.allSatisfy { (0..<tokenCount).contains($0) }, "a prompt is tokens of the vocabulary")
        self.settings = settings
        self.tokenCount = tokenCount
        random = SplitMix64(seed: seed)
        history = TokenHistory(prompt: prompt, window: settings.repetitionWindow)
        do {
            chain = try SamplingChain(settings)
        } catch {
            throw .parameter(error.subject, found: error.found, expected: error.expected)
        }
    }

    /// Chooses the next token from one row of logits, `[vocabulary]`, and counts it as part of the answer. With a mask
    /// only the tokens in it may be chosen. Refuses a row in which no token can be.
    public mutating func next(
        _ logits: Span<Float>, allowed: TokenMask? = nil
    ) throws(SamplingRefusal) -> Int {
        precondition(logits.count == tokenCount, "a row has a logit for each token of the vocabulary")
        precondition(allowed.map { $0.tokenCount == tokenCount } ?? true, "a mask has a bit for each token")
        let chosen: Int?
        if allowed != nil || settings.adjustsRows {
            adjusted.write(logits, settings: settings, history: history, allowed: allowed)
            chosen = chain.choose(from: adjusted.logits, using: &random)
        } else {
            chosen = chain.choose(from: logits, using: &random)
        }
        guard let chosen else {
            throw .nothingToChoose(allowed: allowed?.count ?? tokenCount, tokenCount: tokenCount)
        }
        if settings.adjustsRows {
            history.record(chosen)
        }
        return chosen
    }
}
