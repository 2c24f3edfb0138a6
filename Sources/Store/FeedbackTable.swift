public import Core
import GRDB

/// Step 2: what people thought of answers, one row a trace. It goes when its trace goes.
enum FeedbackTable {
    static let step = Migrations.Step(number: 2, name: "feedback", sql: sql)

    private static let sql = """
        CREATE TABLE feedback (
            trace TEXT PRIMARY KEY NOT NULL REFERENCES traces (id) ON DELETE CASCADE, at INTEGER NOT NULL,
            score REAL NOT NULL, comment TEXT) STRICT;
        """
}

extension SQLiteStore: FeedbackStore {
    /// Keeps feedback; a later one for the same trace replaces an earlier one. Throws `unknownTrace`, or what the store
    /// met.
    public func keep(_ feedback: Feedback) async throws {
        let trace = feedback.trace
        let comment = try feedback.comment?.plain("comment")
        // A quick reader may be ahead of the writer of traces.
        if traceQueue.waiting(trace) != nil { await traceQueue.flush() }
        try await write { db in
            guard try !db.rows("SELECT 1 FROM traces WHERE id = ?", [trace]).isEmpty else {
                throw Fault.unknownTrace(trace)
            }
            try db.run(
                "INSERT OR REPLACE INTO feedback (trace, at, score, comment) VALUES (?, ?, ?, ?)",
                [trace, feedback.at.microseconds, feedback.score, comment])
        }
    }

    /// The latest traces that have feedback, newest first; `limit` is held to 0...100,000. Throws a `Fault`.
    public func judgedTraces(limit: Int) async throws -> [JudgedTrace] {
        let limit = min(max(limit, 0), 100_000)
        return try await read { db in
            try db.rows(
                """
                SELECT traces.id, traces.body, feedback.at, feedback.score, feedback.comment
                FROM feedback JOIN traces ON traces.id = feedback.trace
                ORDER BY traces.at DESC, traces.rowid DESC LIMIT ?
                """, [limit]
            ).map { row in JudgedTrace(trace: try TraceRow.trace(row), feedback: try Self.feedback(in: row)) }
        }
    }

    /// A row of the table whose `trace` is called `id`.
    static func feedback(in row: Row) throws -> Feedback {
        let trace = try row.text("id")
        let at = Timestamp(microseconds: Int64(try row.whole("at")))
        let comment = String.fromDatabaseValue(row["comment"])
        guard let feedback = try? Feedback(trace: trace, score: try row.number("score"), comment: comment, at: at)
        else {
            throw UnreadableValue(place: "feedback on trace \(trace)")
        }
        return feedback
    }
}
