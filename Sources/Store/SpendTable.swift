public import Core
import GRDB

/// What keys have spent, and what running programs have taken out to spend.
extension SQLiteStore: SpendStore {
    /// Takes out between `needed` and `wanted` of what is left, if that much is left. Throws a `Fault`.
    public func take(
        _ needed: Spend, upTo wanted: Spend, from purse: PurseName, of budget: KeyBudget
    ) async throws -> Taking {
        let at = time.timestamp()
        return try await write { db in
            let now = try Self.spending(of: purse.key, in: purse.period, db)
            let left = (budget.amount - budget.limited(now.spent + now.setAside)).raised(to: .none)
            guard needed.fits(in: left) else { return .refused(left: left) }
            let taken = wanted.lowered(to: left).raised(to: needed)
            try db.run(
                """
                INSERT INTO key_takings (key, period, holder, taken_at, nanodollars, tokens, calls)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (key, period, holder) DO UPDATE SET taken_at = excluded.taken_at,
                    nanodollars = nanodollars + excluded.nanodollars, tokens = tokens + excluded.tokens,
                    calls = calls + excluded.calls
                """,
                [
                    purse.key, purse.period, purse.holder, at.microseconds, taken.nanodollars, taken.tokens,
                    taken.calls,
                ])
            return .taken(taken)
        }
    }

    /// Notes what was spent and brings back what was not, all or nothing. Throws a `Fault`.
    public func settle(_ settlements: [Settlement]) async throws {
        try await write { db in
            for settlement in settlements {
                let (purse, spent) = (settlement.purse, settlement.spent)
                let gone = settlement.covered + settlement.returned
                try db.run(
                    """
                    INSERT INTO key_spending (key, period, nanodollars, tokens, calls) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (key, period) DO UPDATE SET nanodollars = nanodollars + excluded.nanodollars,
                        tokens = tokens + excluded.tokens, calls = calls + excluded.calls
                    """, [purse.key, purse.period, spent.nanodollars, spent.tokens, spent.calls])
                // Calls may have taken more than was taken out for them.
                try db.run(
                    """
                    UPDATE key_takings SET nanodollars = max(0, nanodollars - ?), tokens = max(0, tokens - ?),
                        calls = max(0, calls - ?)
                    WHERE key = ? AND period = ? AND holder = ?
                    """, [gone.nanodollars, gone.tokens, gone.calls, purse.key, purse.period, purse.holder])
                try db.run(
                    "DELETE FROM key_takings WHERE key = ? AND nanodollars = 0 AND tokens = 0 AND calls = 0",
                    [purse.key])
            }
        }
    }

    /// What a key has spent in a period, and what is taken out. Throws a `Fault`.
    public func spending(of key: String, in period: String) async throws -> Spending {
        try await read { try Self.spending(of: key, in: period, $0) }
    }

    private static func spending(of key: String, in period: String, _ db: Database) throws -> Spending {
        let sums =
            "coalesce(sum(nanodollars), 0) AS nanodollars, coalesce(sum(tokens), 0) AS tokens, "
            + "coalesce(sum(calls), 0) AS calls"
        return Spending(
            spent: try sum("SELECT \(sums) FROM key_spending WHERE key = ? AND period = ?", key, period, db),
            setAside: try sum("SELECT \(sums) FROM key_takings WHERE key = ? AND period = ?", key, period, db))
    }

    private static func sum(_ sql: String, _ key: String, _ period: String, _ db: Database) throws -> Spend {
        guard let row = try db.rows(sql, [key, period]).first else { return .none }
        return Spend(
            nanodollars: try row.whole("nanodollars"), tokens: try row.whole("tokens"), calls: try row.whole("calls"))
    }
}
