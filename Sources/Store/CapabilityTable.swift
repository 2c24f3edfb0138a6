public import Core
import GRDB

/// A step for what experts were found to do: the capability matrix, one row a cell.
enum CapabilityTable {
    static let step = Migrations.Step(number: 6, name: "capabilities", sql: sql)

    // `identity` stands for the model and the address that were tried.
    private static let sql = """
        CREATE TABLE capabilities (
            expert TEXT NOT NULL, capability TEXT NOT NULL, identity TEXT NOT NULL, verdict TEXT NOT NULL,
            seen TEXT NOT NULL, tokens INTEGER, at INTEGER NOT NULL,
            PRIMARY KEY (expert, capability)) STRICT, WITHOUT ROWID;
        """
}

extension SQLiteStore: CapabilityStore {
    /// Keeps findings, all or none; a later one on the same expert and capability replaces an earlier one, but what is
    /// unclear never replaces what was clear about the same model. Throws a `Fault`.
    public func keep(_ records: [CapabilityRecord]) async throws {
        let rows = try records.map { record -> StatementArguments in
            [
                try record.expert.rawValue.plain("expert"), record.finding.capability.rawValue,
                try record.identity.plain("identity"), record.finding.verdict.rawValue,
                record.finding.seen.replacing("\0", with: ""), record.finding.tokens,
                record.finding.at.microseconds,
            ]
        }
        try await write { db in
            for row in rows {
                try db.run(
                    """
                    INSERT INTO capabilities (expert, capability, identity, verdict, seen, tokens, at)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (expert, capability) DO UPDATE SET identity = excluded.identity,
                        verdict = excluded.verdict, seen = excluded.seen, tokens = excluded.tokens, at = excluded.at
                    WHERE excluded.verdict <> 'unclear' OR identity <> excluded.identity
                    """, row)
            }
        }
    }

    /// All findings, by expert. Rows of capabilities that this program does not know are left out. Throws a `Fault`.
    public func capabilities() async throws -> [CapabilityRecord] {
        try await read { db in
            try db.rows("SELECT * FROM capabilities ORDER BY expert, capability").compactMap { row in
                guard let capability = Capability(rawValue: try row.text("capability")) else { return nil }
                return CapabilityRecord(
                    expert: ExpertID(try row.text("expert")), identity: try row.text("identity"),
                    finding: CapabilityFinding(
                        capability, try row.choice("verdict"), seen: try row.text("seen"),
                        tokens: Int.fromDatabaseValue(row["tokens"]),
                        at: Timestamp(microseconds: Int64(try row.whole("at")))))
            }
        }
    }

    /// Forgets what was found about an expert; returns how many findings that were. Throws a `Fault`.
    public func forgetCapabilities(of expert: ExpertID) async throws -> Int {
        try await write { db in
            try db.run("DELETE FROM capabilities WHERE expert = ?", [expert.rawValue])
            return db.changesCount
        }
    }
}
