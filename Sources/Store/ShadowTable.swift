public import Core
import GRDB

/// A step for what second experts said to questions that others had answered.
enum ShadowTable {
    static let step = Migrations.Step(number: 8, name: "shadow answers", sql: sql)

    private static let sql = """
        CREATE TABLE shadow_answers (
            position INTEGER PRIMARY KEY, at INTEGER NOT NULL, trace TEXT NOT NULL, expert TEXT NOT NULL,
            outcome TEXT NOT NULL, calls INTEGER NOT NULL, dollars REAL NOT NULL, body TEXT NOT NULL) STRICT;
        CREATE INDEX shadow_answers_at ON shadow_answers (at);
        """
}

extension SQLiteStore: ShadowStore {
    /// More are not kept: the oldest go.
    private static let most = 20_000

    /// Adds an answer. Throws a `Fault`.
    public func add(_ answer: ShadowAnswer) async throws {
        let body = try Body.encode(answer, "shadow answer to \(answer.trace)")
        let values: StatementArguments = [
            answer.at.microseconds, try answer.trace.plain("trace"), try answer.expert.rawValue.plain("expert"),
            answer.outcome.rawValue, 1, answer.dollars.finite, body,
        ]
        try await write { db in
            try db.run(
                """
                INSERT INTO shadow_answers (at, trace, expert, outcome, calls, dollars, body)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """, values)
            try db.run(
                """
                DELETE FROM shadow_answers
                WHERE position <= (SELECT max(position) FROM shadow_answers) - ?
                """, [Self.most])
        }
    }

    /// The latest ones, newest first; `limit` is held to 0...100,000. Throws a `Fault`.
    public func shadowAnswers(limit: Int) async throws -> [ShadowAnswer] {
        let limit = min(max(limit, 0), 100_000)
        return try await read { db in
            try db.rows("SELECT trace, body FROM shadow_answers ORDER BY position DESC LIMIT ?", [limit]).map { row in
                try Body.decode(ShadowAnswer.self, row.text("body"), "shadow answer to \(row.text("trace"))")
            }
        }
    }

    /// Calls and dollars since a moment. Throws a `Fault`.
    public func shadowSpending(since moment: Timestamp) async throws -> (calls: Int, dollars: Double) {
        try await read { db in
            let row = try db.rows(
                "SELECT total(calls) AS calls, total(dollars) AS dollars FROM shadow_answers WHERE at >= ?",
                [moment.microseconds]
            ).first
            return (Int(try row?.number("calls") ?? 0), try row?.number("dollars") ?? 0)
        }
    }
}
