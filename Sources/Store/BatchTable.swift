public import Core
import Foundation
import GRDB

/// Batches, their lines, and every answer the moment it arrived.
extension SQLiteStore: BatchStore {
    /// Adds a batch; of two with one key the first stands. Throws a `Fault`.
    public func add(_ batch: Batch, key: String?) async throws -> Batch {
        let body = try Body.encode(batch, "batch \(batch.id)")
        let key = try key?.plain("Idempotency-Key")
        return try await write { db in
            if let key, let known = try db.rows("SELECT * FROM batches WHERE key = ?", [key]).first {
                return try Self.batch(known)
            }
            try db.run(
                """
                INSERT INTO batches (id, created_at, key, is_open, total, completed, failed, body)
                VALUES (?, ?, ?, 1, 0, 0, 0, ?)
                """, [batch.id, batch.createdAt.microseconds, key, body])
            return batch
        }
    }

    /// A batch by its id; nil if there is none. Throws a `Fault`.
    public func batch(_ id: String) async throws -> Batch? {
        try await read { try $0.rows("SELECT * FROM batches WHERE id = ?", [id]).first.map(Self.batch) }
    }

    /// Batches, newest first. Throws a `Fault`.
    public func batches(after: String?, limit: Int) async throws -> [Batch] {
        try await read { db in
            try db.rows(
                """
                SELECT * FROM batches WHERE ?1 IS NULL OR position < (SELECT position FROM batches WHERE id = ?1)
                ORDER BY position DESC LIMIT ?2
                """, [after, limit]
            ).map(Self.batch)
        }
    }

    /// The oldest batch with something left to do. Throws a `Fault`.
    public func nextOpenBatch() async throws -> Batch? {
        try await read { db in
            try db.rows("SELECT * FROM batches WHERE is_open = 1 ORDER BY position LIMIT 1").first.map(Self.batch)
        }
    }

    /// Changes a batch as it now stands. Throws a `Fault`.
    public func change(_ id: String, _ change: @escaping @Sendable (inout Batch) -> Void) async throws -> Batch? {
        try await write { db in
            guard let row = try db.rows("SELECT * FROM batches WHERE id = ?", [id]).first else { return nil }
            var batch = try Self.batch(row)
            change(&batch)
            try db.run(
                "UPDATE batches SET is_open = ?, total = ?, body = ? WHERE id = ?",
                [batch.status.isOpen, batch.counts.total, try Body.encode(batch, "batch \(id)"), id])
            return batch
        }
    }

    // MARK: Lines

    /// Keeps lines; those that are there stay as they are. Throws a `Fault`.
    public func add(_ lines: [BatchLine], to batch: String) async throws {
        let rows = try lines.map { ($0.index, try $0.customID.plain("custom_id"), Data($0.body)) }
        try await write { db in
            for (index, customID, body) in rows {
                try db.run(
                    """
                    INSERT INTO batch_lines (batch, line, custom_id, body) VALUES (?, ?, ?, ?)
                    ON CONFLICT (batch, line) DO NOTHING
                    """, [batch, index, customID, body])
            }
        }
    }

    /// Lines without a result, in order. Throws a `Fault`.
    public func openLines(of batch: String, limit: Int) async throws -> [BatchLine] {
        try await read { try Self.openLines(of: batch, limit: limit, $0) }
    }

    private static func openLines(of batch: String, limit: Int, _ db: Database) throws -> [BatchLine] {
        try db.rows(
            """
            SELECT line, custom_id, body FROM batch_lines WHERE batch = ? AND result IS NULL ORDER BY line LIMIT ?
            """, [batch, limit]
        ).map {
            BatchLine(
                index: try $0.whole("line"), customID: try $0.text("custom_id"), body: try $0.bytes("body"))
        }
    }

    /// Keeps what a line came to, for good. Throws a `Fault`.
    public func keep(_ result: [UInt8], failed: Bool, of line: Int, in batch: String) async throws {
        let result = Data(result)
        try await write { try Self.keep(result, failed: failed, of: line, in: batch, $0) }
    }

    /// Gives the lines without a result one and the same. Throws a `Fault`.
    public func closeLines(
        of batch: String, _ result: @escaping @Sendable (BatchLine) -> [UInt8]
    ) async throws {
        try await write { db in
            for line in try Self.openLines(of: batch, limit: .max, db) {
                try Self.keep(Data(result(line)), failed: true, of: line.index, in: batch, db)
            }
        }
    }

    private static func keep(
        _ result: Data, failed: Bool, of line: Int, in batch: String, _ db: Database
    ) throws {
        // The question and its single answers have done their work.
        try db.run(
            """
            UPDATE batch_lines SET result = ?, failed = ?, body = x''
            WHERE batch = ? AND line = ? AND result IS NULL
            """, [result, failed, batch, line])
        guard db.changesCount > 0 else { return }
        try db.run(
            failed
                ? "UPDATE batches SET failed = failed + 1 WHERE id = ?"
                : "UPDATE batches SET completed = completed + 1 WHERE id = ?", [batch])
        try db.run("DELETE FROM batch_answers WHERE batch = ? AND line = ?", [batch, line])
    }

    // MARK: Answers

    /// What one expert said to a line. Throws a `Fault`.
    public func answer(_ key: String, line: Int, in batch: String) async throws -> Answer? {
        try await read { db in
            try db.rows(
                "SELECT body FROM batch_answers WHERE batch = ? AND line = ? AND key = ?", [batch, line, key]
            ).first.map { try Body.decode(Answer.self, $0.text("body"), "an answer of batch \(batch)") }
        }
    }

    /// Keeps what one expert said to a line. Throws a `Fault`.
    public func keep(_ answer: Answer, _ key: String, line: Int, in batch: String) async throws {
        let body = try Body.encode(answer, "an answer of batch \(batch)")
        try await write { db in
            try db.run(
                """
                INSERT INTO batch_answers (batch, line, key, body) VALUES (?, ?, ?, ?)
                ON CONFLICT (batch, line, key) DO NOTHING
                """, [batch, line, key, body])
        }
    }

    // MARK: Results

    /// Makes the files of results; making them again changes nothing. Throws a `Fault`.
    public func makeFiles(
        of batch: String, output: StoredFile, errors: StoredFile
    ) async throws -> (output: Bool, errors: Bool) {
        try await write { db in
            (
                output: try Self.make(output, of: batch, failed: false, db),
                errors: try Self.make(errors, of: batch, failed: true, db)
            )
        }
    }

    private static func make(_ file: StoredFile, of batch: String, failed: Bool, _ db: Database) throws -> Bool {
        let row = try db.rows(
            """
            SELECT count(*) AS count, coalesce(sum(length(result) + 1), 0) AS bytes FROM batch_lines
            WHERE batch = ? AND failed = ? AND result IS NOT NULL
            """, [batch, failed]
        ).first
        guard let row, try row.whole("count") > 0 else { return false }
        try db.run(
            """
            INSERT INTO files (id, created_at, name, purpose, bytes, batch, failed) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO NOTHING
            """,
            [
                file.id, file.createdAt.microseconds, file.name, file.purpose, try row.whole("bytes"), batch, failed,
            ])
        return true
    }

    private static func batch(_ row: Row) throws -> Batch {
        var batch = try Body.decode(Batch.self, row.text("body"), "batch \(try row.text("id"))")
        batch.counts.total = try row.whole("total")
        batch.counts.completed = try row.whole("completed")
        batch.counts.failed = try row.whole("failed")
        return batch
    }
}
