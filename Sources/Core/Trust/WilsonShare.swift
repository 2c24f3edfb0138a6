/// A share of right answers with the interval in which the true share lies, nineteen times of twenty.
///
/// Source: Wilson 1927: (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n), z = 1.96.
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

    /// Everything is possible where nothing was asked.
    public var low: Double { of == 0 ? 0 : max(0, middle - spread) }
    public var high: Double { of == 0 ? 1 : min(1, middle + spread) }

    private static let z = 1.96

    private var count: Double { Double(of) }
    private var scale: Double { 1 + Self.z * Self.z / count }
    private var middle: Double { (share + Self.z * Self.z / (2 * count)) / scale }
    private var spread: Double {
        Self.z * (share * (1 - share) / count + Self.z * Self.z / (4 * count * count)).squareRoot() / scale
    }

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
        try container.encode((low * 10_000).rounded() / 10_000, forKey: .low)
        try container.encode((high * 10_000).rounded() / 10_000, forKey: .high)
    }
}
