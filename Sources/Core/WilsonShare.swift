/// A share of right answers with the interval in which the true share lies, nineteen times of twenty.
public struct WilsonShare: Sendable, Hashable, Codable {
    public var right: Int
    public var of: Int

    public init(right: Int = 0, of: Int = 0) {
        self.right = right
        self.of = of
    }

    public static func + (left: WilsonShare, other: WilsonShare) -> WilsonShare {
        WilsonShare(right: left.right + other.right, of: left.of + other.of)
    }

    /// 0 where nothing was asked.
    public var share: Double { of == 0 ? 0 : Double(right) / Double(of) }

    public var interval: WilsonInterval { WilsonInterval(right: Double(right), of: Double(of)) }
    public var low: Double { interval.low }
    public var high: Double { interval.high }

    /// `27 of 30 right (0.74 to 0.97)`.
    public var text: String { "\(right) of \(of) right (\(Self.short(low)) to \(Self.short(high)))" }

    private static func short(_ share: Double) -> String {
        let hundredths = Int((share * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }

    private enum CodingKeys: CodingKey { case right, of, low, high }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            right: try container.decode(Int.self, forKey: .right), of: try container.decode(Int.self, forKey: .of))
    }

    /// With the interval, for whoever reads it.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(right, forKey: .right)
        try container.encode(of, forKey: .of)
        let interval = interval
        try container.encode((interval.low * 10_000).rounded() / 10_000, forKey: .low)
        try container.encode((interval.high * 10_000).rounded() / 10_000, forKey: .high)
    }
}
