/// The most that a key may spend within a period; nil means no limit.
public struct KeyBudget: Sendable, Hashable, Codable {
    public var dollars: Double?
    /// Read and written together.
    public var tokens: Int?
    /// Calls to experts, which may be several for one request.
    public var calls: Int?
    public var period: BudgetPeriod

    public static let unlimited = KeyBudget()

    public init(dollars: Double? = nil, tokens: Int? = nil, calls: Int? = nil, period: BudgetPeriod = .total) {
        self.dollars = dollars
        self.tokens = tokens
        self.calls = calls
        self.period = period
    }

    /// True if something is limited.
    public var isLimited: Bool { dollars != nil || tokens != nil || calls != nil }

    /// Only the parts that are limited; the others are zero and play no part.
    public func limited(_ spend: Spend) -> Spend {
        Spend(
            nanodollars: dollars == nil ? 0 : spend.nanodollars, tokens: tokens == nil ? 0 : spend.tokens,
            calls: calls == nil ? 0 : spend.calls)
    }

    /// The whole budget as an amount; unlimited parts are zero.
    public var amount: Spend {
        Spend(nanodollars: dollars.map(Spend.nanodollars) ?? 0, tokens: tokens ?? 0, calls: calls ?? 0)
    }
}

/// After which time a budget begins anew.
public enum BudgetPeriod: String, Sendable, Hashable, Codable, CaseIterable {
    case day, month
    /// It never does.
    case total

    /// One period with its name and its end.
    public struct Span: Sendable, Hashable {
        /// `2026-11-21`, `2026-11` or `total`: what is counted together.
        public var name: String
        /// When the next one begins; nil for never.
        public var renewsAt: Timestamp?
    }

    /// The period that a moment belongs to, in UTC.
    public func span(at moment: Timestamp) -> Span {
        let day = CalendarDay(of: moment)
        switch self {
        case .total: return Span(name: rawValue, renewsAt: nil)
        case .day: return Span(name: day.text, renewsAt: CalendarDay(number: day.number + 1).start)
        case .month: return Span(name: String(day.text.dropLast(3)), renewsAt: day.nextMonth.start)
        }
    }
}
