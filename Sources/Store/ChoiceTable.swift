public import Core
import GRDB

/// Small choices that were measured, such as the best aggregator for a task.
extension SQLiteStore: ChoiceStore {
    /// What was chosen; nil if nothing was. Throws a `Fault`.
    public func choice(_ key: String) async throws -> String? {
        try await read { db in
            try db.rows("SELECT value FROM choices WHERE key = ?", [key]).first.map { try $0.text("value") }
        }
    }

    /// Keeps a choice; a later one replaces an earlier one. Throws a `Fault`.
    public func choose(_ value: String, for key: String) async throws {
        let value = try value.plain("choice for \(key)")
        let at = time.timestamp()
        try await write { db in
            try db.run(
                "INSERT OR REPLACE INTO choices (key, value, chosen_at) VALUES (?, ?, ?)",
                [key, value, at.microseconds])
        }
    }
}
