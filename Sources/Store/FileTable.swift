public import Core
import Foundation
import GRDB

/// Files of clients, and the results of batches, which hold nothing themselves.
extension SQLiteStore: FileStore {
    /// What all files of clients may have together, in bytes.
    private static let mostBytes = 4 << 30
    /// Bytes of a part of a file.
    private static let part = 1 << 20
    /// Results in a part of a file.
    private static let linesOfPart = 128

    /// Keeps a file. Throws a `Fault`, `tooLarge` if all files together would be too long.
    public func add(_ file: StoredFile, content: [UInt8]) async throws {
        let name = try file.name.plain("file name")
        let bytes = Data(content)
        try await write { db in
            let held =
                try db.rows("SELECT coalesce(sum(bytes), 0) AS held FROM files WHERE content IS NOT NULL")
                .first?.whole("held") ?? 0
            guard held + bytes.count <= Self.mostBytes else {
                throw Fault(
                    .tooLarge, "file", "the files kept here have \(held) bytes already",
                    expected: "All together may have \(Self.mostBytes)", hint: "Delete some: DELETE /v1/files/{id}")
            }
            try db.run(
                "INSERT INTO files (id, created_at, name, purpose, bytes, content) VALUES (?, ?, ?, ?, ?, ?)",
                [file.id, file.createdAt.microseconds, name, file.purpose, bytes.count, bytes])
        }
    }

    /// A file by its id; nil if there is none. Throws a `Fault`.
    public func file(_ id: String) async throws -> StoredFile? {
        try await read { try $0.rows(Self.columns + " WHERE id = ?", [id]).first.map(Self.file) }
    }

    /// Files, newest first. Throws a `Fault`.
    public func files(purpose: String?, after: String?, limit: Int) async throws -> [StoredFile] {
        try await read { db in
            try db.rows(
                Self.columns + """
                     WHERE (?1 IS NULL OR purpose = ?1)
                    AND (?2 IS NULL OR position < (SELECT position FROM files WHERE id = ?2))
                    ORDER BY position DESC LIMIT ?3
                    """, [purpose, after, limit]
            ).map(Self.file)
        }
    }

    /// A part of a file. Throws a `Fault`.
    public func content(of id: String, from place: Int?) async throws -> (bytes: [UInt8], next: Int?)? {
        let start = place ?? 0
        return try await read { db in
            guard
                let row = try db.rows(
                    "SELECT batch, failed, bytes, substr(content, ?, ?) AS part FROM files WHERE id = ?",
                    [start + 1, Self.part, id]
                ).first
            else { return nil }
            guard let batch = String.fromDatabaseValue(row["batch"]) else {
                let bytes = try row.bytes("part")
                let next = start + bytes.count
                return (bytes, next < (try row.whole("bytes")) ? next : nil)
            }
            let lines = try db.rows(
                """
                SELECT line, result FROM batch_lines
                WHERE batch = ? AND failed = ? AND line >= ? AND result IS NOT NULL ORDER BY line LIMIT ?
                """, [batch, try row.whole("failed"), start, Self.linesOfPart])
            let bytes = try lines.reduce(into: [UInt8]()) { $0 += try $1.bytes("result") + [UInt8(ascii: "\n")] }
            return (bytes, lines.count == Self.linesOfPart ? try lines.last.map { try $0.whole("line") + 1 } : nil)
        }
    }

    /// Deletes a file; false if there was none. Results go with their file. Throws a `Fault`.
    public func deleteFile(_ id: String) async throws -> Bool {
        try await write { db in
            try db.run(
                """
                UPDATE batch_lines SET result = x'' WHERE result IS NOT NULL AND EXISTS (
                    SELECT 1 FROM files WHERE id = ? AND batch = batch_lines.batch AND failed = batch_lines.failed)
                """, [id])
            try db.run("DELETE FROM files WHERE id = ?", [id])
            return db.changesCount > 0
        }
    }

    private static let columns = "SELECT id, created_at, name, purpose, bytes FROM files"

    private static func file(_ row: Row) throws -> StoredFile {
        StoredFile(
            id: try row.text("id"), name: try row.text("name"), purpose: try row.text("purpose"),
            bytes: try row.whole("bytes"), createdAt: Timestamp(microseconds: Int64(try row.whole("created_at"))))
    }
}

extension Row {
    /// The bytes of a column that holds any.
    func bytes(_ column: String) throws -> [UInt8] {
        guard let data = Data.fromDatabaseValue(self[column]) else { throw UnreadableValue(place: "column \(column)") }
        return Array(data)
    }
}
