/// Two numbers between which a measured one lies with 95 % confidence. In JSON it is a list: `[low, high]`.
public struct Interval: Sendable, Hashable {
    public var low: Double
    public var high: Double

    public init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }

    /// Whether the whole interval is above zero: an advantage that chance does not explain.
    public var isAboveZero: Bool { low > 0 }
}

extension Interval: Codable {
    public init(from decoder: any Decoder) throws {
        var ends = try decoder.unkeyedContainer()
        low = try ends.decode(Double.self)
        high = try ends.decode(Double.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var ends = encoder.unkeyedContainer()
        try ends.encode(low)
        try ends.encode(high)
    }
}
