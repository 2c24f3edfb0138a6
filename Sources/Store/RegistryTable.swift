public import Core
import GRDB

/// Experts that were added by command.
extension SQLiteStore: ExpertRegistry {
    /// Definitions in the order added. Throws a `Fault`.
    public func definitions() async throws -> [(id: ExpertID, definition: String)] {
        try await read { db in
            try db.rows("SELECT expert, definition FROM registry ORDER BY position").map { row in
                (id: ExpertID(try row.text("expert")), definition: try row.text("definition"))
            }
        }
    }

    /// Adds an expert; one of the same id keeps its place and gets the new definition. Throws a `Fault`.
    public func add(_ id: ExpertID, definition: String) async throws {
        let expert = try id.rawValue.plain("expert")
        let definition = try definition.plain("definition of \(id)")
        let at = time.timestamp()
        try await write { db in
            try db.run(
                """
                INSERT INTO registry (expert, added_at, definition) VALUES (?, ?, ?)
                ON CONFLICT (expert) DO UPDATE SET added_at = excluded.added_at, definition = excluded.definition
                """, [expert, at.microseconds, definition])
        }
    }

    /// Removes an expert; false if there was none. Throws a `Fault`.
    public func remove(_ id: ExpertID) async throws -> Bool {
        try await write { db in
            try db.run("DELETE FROM registry WHERE expert = ?", [id.rawValue])
            return db.changesCount > 0
        }
    }
}
