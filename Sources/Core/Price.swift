/// What tokens cost, in US dollars for a million.
public struct Price: Sendable, Hashable, Codable {
    public let input: Double
    public let output: Double
    /// For tokens that the expert had in its cache; nil if they cost as much as others.
    public let cached: Double?
    /// Stands for the numbers above wherever an amount was computed with them: the same numbers are the same version,
    /// and a changed one is a new version without anybody counting.
    public let version: String

    private enum CodingKeys: String, CodingKey { case input, output, cached }

    public static let free = Price(input: 0, output: 0)

    public init(input: Double, output: Double, cached: Double? = nil) {
        self.input = input
        self.output = output
        self.cached = cached
        version = "p" + Fingerprint(of: "\(input)", "\(output)", cached.map { "\($0)" } ?? "").hex.suffix(8)
    }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            input: try members.decode(Double.self, forKey: .input),
            output: try members.decode(Double.self, forKey: .output),
            cached: try members.decodeIfPresent(Double.self, forKey: .cached))
    }

    /// What a call cost, in dollars.
    public func dollars(for usage: Usage) -> Double {
        let cachedTokens = min(max(usage.cachedTokens ?? 0, 0), usage.promptTokens)
        return
            (Double(usage.promptTokens - cachedTokens) * input + Double(cachedTokens) * (cached ?? input)
            + Double(usage.completionTokens) * output) / 1_000_000
    }
}
