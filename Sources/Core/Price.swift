/// What tokens cost, in US dollars for a million.
public struct Price: Sendable, Hashable, Codable {
    public var input: Double
    public var output: Double
    /// For tokens that the expert had in its cache; nil if they cost as much as others.
    public var cached: Double?

    public static let free = Price(input: 0, output: 0)

    public init(input: Double, output: Double, cached: Double? = nil) {
        self.input = input
        self.output = output
        self.cached = cached
    }

    /// What a call cost, in dollars.
    public func dollars(for usage: Usage) -> Double {
        let cachedTokens = min(max(usage.cachedTokens ?? 0, 0), usage.promptTokens)
        return
            (Double(usage.promptTokens - cachedTokens) * input + Double(cachedTokens) * (cached ?? input)
            + Double(usage.completionTokens) * output) / 1_000_000
    }

    /// Stands for the numbers above wherever an amount was computed with them: the same numbers are the same version,
    /// and a changed one is a new version without anybody counting.
    public var version: String {
        "p" + Fingerprint(of: "\(input)", "\(output)", cached.map { "\($0)" } ?? "").hex.suffix(8)
    }
}
