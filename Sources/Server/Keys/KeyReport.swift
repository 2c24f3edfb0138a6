public import Core

/// A key as people and programs are shown it: never its secret, not even its digest.
public struct KeyReport: Sendable, Encodable {
    public var id: String
    public var name: String
    public var prefix: String
    public var state: ClientKey.State
    /// Empty for all.
    public var routes: [String]
    public var requestsPerMinute: Int?
    public var tokensPerMinute: Int?
    public var budget: Amount?
    /// In the period that counts now.
    public var spent: Amount
    /// Taken out by running programs to be spent, or by ones that died.
    public var setAside: Amount?
    /// `2026-11-21`, `2026-11`, `total`.
    public var period: String
    public var renewsAt: Timestamp?
    public var createdAt: Timestamp
    public var expiresAt: Timestamp?
    /// Until when the secret before the last rotation counts.
    public var formerUntil: Timestamp?
    public var revokedAt: Timestamp?

    /// Parts that are not limited are absent.
    public struct Amount: Sendable, Encodable {
        public var dollars: Double?
        public var tokens: Int?
        public var calls: Int?

        init(_ spend: Spend) {
            dollars = spend.dollars
            tokens = spend.tokens
            calls = spend.calls
        }

        init(_ budget: KeyBudget) {
            dollars = budget.dollars
            tokens = budget.tokens
            calls = budget.calls
        }
    }

    /// - Parameter spending: of the period that `now` belongs to.
    public init(_ key: ClientKey, spending: Spending, now: Timestamp) {
        let span = key.budget.period.span(at: now)
        id = key.id
        name = key.name
        prefix = key.prefix + "…"
        state = key.state(at: now)
        routes = key.scope
        requestsPerMinute = key.rates.requestsPerMinute
        tokensPerMinute = key.rates.tokensPerMinute
        budget = key.budget.isLimited ? Amount(key.budget) : nil
        spent = Amount(spending.spent)
        setAside = spending.setAside == .none ? nil : Amount(spending.setAside)
        period = span.name
        renewsAt = span.renewsAt
        createdAt = key.createdAt
        expiresAt = key.expiresAt
        formerUntil = key.former.flatMap { $0.until > now ? $0.until : nil }
        revokedAt = key.revokedAt
    }

    /// Reads what the key has spent from the store. Throws a `Fault`.
    public static func of(_ key: ClientKey, store: any SpendStore, now: Timestamp) async throws -> KeyReport {
        let period = key.budget.period.span(at: now).name
        return KeyReport(key, spending: try await store.spending(of: key.id, in: period), now: now)
    }

    /// Counts what a running program has spent and not noted yet, out of what it had taken.
    mutating func add(_ unsettled: Spending, limited budget: KeyBudget) {
        let before = Spend(
            nanodollars: Spend.nanodollars(spent.dollars ?? 0), tokens: spent.tokens ?? 0, calls: spent.calls ?? 0)
        spent = Amount(before + unsettled.spent)
        guard let aside = setAside else { return }
        let taken = Spend(
            nanodollars: Spend.nanodollars(aside.dollars ?? 0), tokens: aside.tokens ?? 0, calls: aside.calls ?? 0)
        let left = (taken - budget.limited(unsettled.spent)).raised(to: .none)
        setAside = left == .none ? nil : Amount(left)
    }
}
