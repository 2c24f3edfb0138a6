/// What calls to experts take: money, tokens, and the calls themselves.
public struct Spend: Sendable, Hashable, Codable {
    /// Billionths of a dollar. Whole, so that a budget's sums are exact: one token at 0.04 dollars a million is 40.
    public var nanodollars: Int
    public var tokens: Int
    public var calls: Int

    public static let none = Spend(nanodollars: 0, tokens: 0, calls: 0)

    /// Far above any budget, far below what whole numbers hold.
    public static let most = 1_000_000_000_000_000

    public init(nanodollars: Int, tokens: Int, calls: Int) {
        self.nanodollars = nanodollars
        self.tokens = tokens
        self.calls = calls
    }

    /// A fraction of a billionth counts as one: rounding never makes anything cheaper. What an expert reports may be
    /// anything, so each part is held to 0...`most`.
    public init(dollars: Double, usage: Usage, calls: Int) {
        self.init(
            nanodollars: Self.nanodollars(dollars),
            tokens: Self.held(usage.promptTokens) + Self.held(usage.completionTokens), calls: calls)
    }

    public var dollars: Double { Double(nanodollars) / 1_000_000_000 }

    /// An amount as it is counted.
    public static func nanodollars(_ dollars: Double) -> Int {
        let billionths = (dollars * 1_000_000_000 - 1e-6).rounded(.up)
        return billionths > 0 ? Int(min(billionths, Double(most))) : 0
    }

    private static func held(_ tokens: Int) -> Int { min(max(tokens, 0), most) }

    public static func + (left: Spend, right: Spend) -> Spend {
        Spend(
            nanodollars: left.nanodollars + right.nanodollars, tokens: left.tokens + right.tokens,
            calls: left.calls + right.calls)
    }

    public static func - (left: Spend, right: Spend) -> Spend {
        Spend(
            nanodollars: left.nanodollars - right.nanodollars, tokens: left.tokens - right.tokens,
            calls: left.calls - right.calls)
    }

    public static func += (left: inout Spend, right: Spend) { left = left + right }

    /// Part by part the larger one.
    public func raised(to other: Spend) -> Spend {
        Spend(
            nanodollars: max(nanodollars, other.nanodollars), tokens: max(tokens, other.tokens),
            calls: max(calls, other.calls))
    }

    /// Part by part the smaller one.
    public func lowered(to other: Spend) -> Spend {
        Spend(
            nanodollars: min(nanodollars, other.nanodollars), tokens: min(tokens, other.tokens),
            calls: min(calls, other.calls))
    }

    /// True if no part is larger than the other's.
    public func fits(in other: Spend) -> Bool {
        nanodollars <= other.nanodollars && tokens <= other.tokens && calls <= other.calls
    }
}
