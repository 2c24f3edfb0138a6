/// Keeps the keys of clients.
public protocol KeyStore: Sendable {
    /// All keys, oldest first, also those that no longer count.
    func keys() async throws -> [ClientKey]
    /// A number that is another one after every change of a key, whichever program made it.
    func keyChanges() async throws -> Int
    /// - Throws: `invalidRequest` if a key of this name is in use.
    func add(_ key: ClientKey) async throws
    /// Puts a key in place of the one of the same id.
    func replace(_ key: ClientKey) async throws
}

/// Keeps what keys have spent, and what running programs have taken out to spend.
///
/// A program takes a part of a budget durably before it spends any of it, spends in memory, and brings back what is
/// left. If it dies, what it had taken out counts as spent: a budget may then be used up a little early, never
/// overspent.
public protocol SpendStore: Sendable {
    /// Takes out at least `needed` and at most `wanted` of what is left, if that much is left.
    func take(_ needed: Spend, upTo wanted: Spend, from purse: PurseName, of budget: KeyBudget) async throws -> Taking
    /// Notes what was spent of what had been taken out, and brings some of it back.
    func settle(_ settlements: [Settlement]) async throws
    /// What a key has spent in a period, and what is taken out.
    func spending(of key: String, in period: String) async throws -> Spending
}

/// Whose money of which period a running program spends.
public struct PurseName: Sendable, Hashable {
    public var key: String
    /// `BudgetPeriod.Span.name`.
    public var period: String
    /// The running program, by a name that no other has.
    public var holder: String

    public init(key: String, period: String, holder: String) {
        self.key = key
        self.period = period
        self.holder = holder
    }
}

/// What came of taking from a budget.
public enum Taking: Sendable, Hashable {
    case taken(Spend)
    /// So much is left, and is too little.
    case refused(left: Spend)
}

/// What became of money that was taken out.
public struct Settlement: Sendable, Hashable {
    public var purse: PurseName
    public var spent: Spend
    /// Of `spent`, the limited parts: what had been taken out before.
    public var covered: Spend
    /// Of the limited parts only.
    public var returned: Spend

    public init(purse: PurseName, spent: Spend, covered: Spend, returned: Spend = .none) {
        self.purse = purse
        self.spent = spent
        self.covered = covered
        self.returned = returned
    }
}

/// The spending of one key in one period.
public struct Spending: Sendable, Hashable, Codable {
    public var spent: Spend
    /// Taken out by running programs, or by ones that died.
    public var setAside: Spend

    public init(spent: Spend = .none, setAside: Spend = .none) {
        self.spent = spent
        self.setAside = setAside
    }
}
