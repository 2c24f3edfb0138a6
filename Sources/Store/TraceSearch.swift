public import Core
import GRDB

/// A step that lets traces be found by what callers call their requests, and the search by other marks.
enum TraceSearch {
    static let step = Migrations.Step(number: 3, name: "request ids", sql: sql)

    private static let sql = """
        ALTER TABLE traces ADD COLUMN request TEXT;
        CREATE INDEX traces_request ON traces (request) WHERE request IS NOT NULL;
        """

    /// What a trace has to fulfil, over columns that `traces_listed` holds; `arguments` gives the values.
    ///
    /// Traces kept by earlier versions have no `called`: of these the attempts are looked at.
    static let condition = """
        (?1 IS NULL OR route = ?1) AND (?2 IS NULL OR outcome = ?2)
        AND (?3 IS NULL OR instr(',' || experts || ',' || coalesce(called, '') || ',', ',' || ?3 || ',') > 0
            OR (called IS NULL AND EXISTS (SELECT 1 FROM attempts WHERE trace = traces.id AND expert = ?3)))
        AND (?4 IS NULL OR instr(',' || coalesce(skills, '') || ',', ',' || ?4 || ',') > 0)
        AND (?5 IS NULL OR dollars >= ?5) AND (?6 IS NULL OR dollars <= ?6)
        """

    static func arguments(_ filter: TraceFilter) -> StatementArguments {
        [
            filter.route, filter.outcome?.rawValue, filter.expert?.rawValue, filter.skill?.rawValue,
            filter.leastDollars, filter.mostDollars,
        ]
    }
}

extension SQLiteStore {
    /// The latest traces that were written and fit the filter, newest first; `limit` is held to 0...10,000. Throws a
    /// `Fault`.
    public func traces(_ filter: TraceFilter, limit: Int) async throws -> [Trace] {
        let limit = min(max(limit, 0), 10_000)
        return try await read { db in
            try db.rows(
                "SELECT id, body FROM traces WHERE \(TraceSearch.condition) ORDER BY at DESC, rowid DESC LIMIT ?7",
                TraceSearch.arguments(filter) + [limit]
            ).map(TraceRow.trace)
        }
    }
}
