public import Core
import GRDB

/// The keys of clients: digests of secrets, never a secret.
extension SQLiteStore: KeyStore {
    /// All keys, oldest first. Throws a `Fault`.
    public func keys() async throws -> [ClientKey] {
        try await read { db in try db.rows("SELECT * FROM client_keys ORDER BY position").map(Self.key) }
    }

    /// Another number after every change of a key. Throws a `Fault`.
    public func keyChanges() async throws -> Int {
        try await read { db in try db.rows("SELECT count FROM key_changes").first?.whole("count") ?? 0 }
    }

    /// Adds a key. Throws a `Fault`, `invalidRequest` if one of this name is in use.
    public func add(_ key: ClientKey) async throws {
        try await keep(key) { db in
            let names = "SELECT 1 FROM client_keys WHERE name = ? AND revoked_at IS NULL"
            guard try db.rows(names, [key.name]).isEmpty else {
                throw Fault(
                    .invalidRequest, "key \"\(key.name)\"", "there is a key of this name already",
                    hint: "Choose another name; muster key rotate gives the old one a new secret")
            }
        }
    }

    /// Puts a key in place of the one of the same id. Throws a `Fault`, `invalidRequest` for one that counts in place of
    /// one that was revoked meanwhile: a revoked key stays revoked, whoever read it before.
    public func replace(_ key: ClientKey) async throws {
        try await keep(key) { db in
            let revoked = "SELECT 1 FROM client_keys WHERE id = ? AND revoked_at IS NOT NULL"
            guard try key.revokedAt != nil || db.rows(revoked, [key.id]).isEmpty else {
                throw Fault(.invalidRequest, "key \"\(key.name)\"", "it was revoked", hint: "Create a new one")
            }
        }
    }

    private func keep(_ key: ClientKey, unless: @escaping @Sendable (Database) throws -> Void) async throws {
        for text in [key.id, key.name, key.prefix] + key.scope { _ = try text.plain("key \(key.name)") }
        let scope = try Body.encode(key.scope, "key \(key.name)")
        let values: StatementArguments = [
            key.id, key.name, key.secret.hex, key.prefix, key.former?.secret.hex, key.former?.until.microseconds, scope,
            key.rates.requestsPerMinute, key.rates.tokensPerMinute, key.budget.dollars, key.budget.tokens,
            key.budget.calls, key.budget.period.rawValue, key.createdAt.microseconds, key.expiresAt?.microseconds,
            key.revokedAt?.microseconds,
        ]
        try await write { db in
            try unless(db)
            try db.run(
                """
                INSERT INTO client_keys (id, name, digest, prefix, former_digest, former_until, scope,
                    requests_per_minute, tokens_per_minute, budget_dollars, budget_tokens, budget_calls, period,
                    created_at, expires_at, revoked_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, digest = excluded.digest,
                    prefix = excluded.prefix, former_digest = excluded.former_digest,
                    former_until = excluded.former_until, scope = excluded.scope,
                    requests_per_minute = excluded.requests_per_minute,
                    tokens_per_minute = excluded.tokens_per_minute, budget_dollars = excluded.budget_dollars,
                    budget_tokens = excluded.budget_tokens, budget_calls = excluded.budget_calls,
                    period = excluded.period, expires_at = excluded.expires_at,
                    revoked_at = coalesce(revoked_at, excluded.revoked_at)
                """, values)
        }
    }

    private static func key(_ row: Row) throws -> ClientKey {
        let name = try row.text("name")
        let place = "key \(name)"
        var former: ClientKey.Former?
        if let digest = String.fromDatabaseValue(row["former_digest"]), let until = row.moment("former_until") {
            former = .init(secret: try KeyDigest(column: digest, place), until: until)
        }
        return ClientKey(
            id: try row.text("id"), name: name, secret: try KeyDigest(column: row.text("digest"), place),
            prefix: try row.text("prefix"), former: former,
            scope: try Body.decode([String].self, row.text("scope"), place),
            rates: RateLimits(
                requestsPerMinute: Int.fromDatabaseValue(row["requests_per_minute"]),
                tokensPerMinute: Int.fromDatabaseValue(row["tokens_per_minute"])),
            budget: KeyBudget(
                dollars: Double.fromDatabaseValue(row["budget_dollars"]),
                tokens: Int.fromDatabaseValue(row["budget_tokens"]),
                calls: Int.fromDatabaseValue(row["budget_calls"]), period: try row.choice("period")),
            createdAt: Timestamp(microseconds: Int64(try row.whole("created_at"))),
            expiresAt: row.moment("expires_at"), revokedAt: row.moment("revoked_at"))
    }
}

extension Row {
    fileprivate func moment(_ column: String) -> Timestamp? {
        Int64.fromDatabaseValue(self[column]).map(Timestamp.init(microseconds:))
    }
}

extension KeyDigest {
    fileprivate var hex: String { bytes.map(\.paddedHex).joined() }

    fileprivate init(column text: String, _ place: String) throws {
        let digits = Array(text)
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(digits[$0...$0 + 1]), radix: 16)
        }
        guard digits.count == 64, let digest = KeyDigest(bytes) else { throw UnreadableValue(place: place) }
        self = digest
    }
}
