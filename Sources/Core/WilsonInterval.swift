/// Between which two shares the true one lies, with 95 % confidence, after so many right answers of so many.
///
/// Source: E. B. Wilson, 1927: (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n) with z = 1.959964. Unlike the usual
/// interval it stays within 0 and 1 and does not shrink to nothing after a few answers that were all right.
public struct WilsonInterval: Sendable, Hashable {
    public let low: Double
    public let high: Double

    private static let z = 1.959_964

    /// - Parameters:
    ///   - right: may hold halves, as profiles do.
    ///   - count: all answers; 0 leaves everything possible.
    public init(right: Double, of count: Double) {
        guard count > 0 else {
            (low, high) = (0, 1)
            return
        }
        let z = Self.z
        let p = right / count
        let middle = p + z * z / (2 * count)
        let spread = z * (p * (1 - p) / count + z * z / (4 * count * count)).squareRoot()
        let scale = 1 + z * z / count
        // Exact at the ends, where rounding would leave a trace.
        low = right <= 0 ? 0 : (middle - spread) / scale
        high = right >= count ? 1 : (middle + spread) / scale
    }
}
