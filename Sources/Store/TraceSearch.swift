public import Core
import GRDB

/// A step that lets traces be found by what callers call their requests, and the search by other marks.
enum TraceSearch {
    static let step = Migrations.Step(number: 3, name: "request ids", sql: sql)

    private static let sql = """
        ALTER TABLE traces ADD COLUMN request TEXT;
        CREATE INDEX traces_request ON traces (request) WHERE request IS NOT NULL;
        """

    /// What a trace has to fulfil, over columns that `traces_listed` holds, and the values in its order.
    ///
    /// Only what is asked for, the cheapest first: a list in which nothing fits looks at every trace. A name is searched as
    /// it is before it is searched between commas, which takes a copy. Traces kept by earlier versions have no `called`: of
    /// these the attempts are looked at, by `rowid`, as any other column would open each row.
    static func condition(_ filter: TraceFilter) -> (sql: String, values: [(any DatabaseValueConvertible)?]) {
        var terms: [String] = []
        var values: [(any DatabaseValueConvertible)?] = []
        func add(_ term: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            terms.append(term)
            values += Array(repeating: value, count: term.count { $0 == "?" })
        }
        add("route = ?", filter.route)
        add("outcome = ?", filter.outcome?.rawValue)
        add("dollars >= ?", filter.leastDollars)
        add("dollars <= ?", filter.mostDollars)
        add("instr(skills, ?) > 0 AND instr(',' || skills || ',', ',' || ? || ',') > 0", filter.skill?.rawValue)
        add(
            """
            ((instr(experts, ?) > 0 OR instr(called, ?) > 0)
                    AND instr(',' || experts || ',' || coalesce(called, '') || ',', ',' || ? || ',') > 0
                OR called IS NULL AND EXISTS (
                    SELECT 1 FROM traces AS whole JOIN attempts ON attempts.trace = whole.id
                    WHERE whole.rowid = traces.rowid AND attempts.expert = ?))
            """, filter.expert?.rawValue)
        return (terms.isEmpty ? "TRUE" : terms.joined(separator: " AND "), values)
    }
}

extension SQLiteStore {
    /// The latest traces that were written and fit the filter, newest first; `limit` is held to 0...10,000. Throws a
    /// `Fault`.
    public func traces(_ filter: TraceFilter, limit: Int) async throws -> [Trace] {
        let limit = min(max(limit, 0), 10_000)
        return try await read { db in
            let (condition, values) = TraceSearch.condition(filter)
            return try db.rows(
                "SELECT id, body FROM traces WHERE \(condition) ORDER BY at DESC, rowid DESC LIMIT ?",
                StatementArguments(values + [limit])
            ).map(TraceRow.trace)
        }
    }
}
