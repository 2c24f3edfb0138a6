public import Core
import GRDB

/// Leafing through traces: one part of the list after the other, each as quick as the first.
extension SQLiteStore {
    /// The part of the list behind a cursor, newest first; `limit` is held to 1...1000. Traces that still wait to be
    /// written are not in it. Throws a `Fault`.
    public func lines(_ filter: TraceFilter, after cursor: TraceCursor?, limit: Int) async throws -> TracePage {
        let limit = min(max(limit, 1), 1_000)
        return try await read { db in
            let (condition, values) = TraceSearch.condition(filter)
            let moment = cursor?.at.microseconds ?? Int64.max
            let place: [(any DatabaseValueConvertible)?] = [moment, moment, cursor?.place ?? .max]
            // The inner search is answered from the index alone; rows, which hold whole traces, are opened for what is
            // shown.
            let rows = try db.rows(
                """
                SELECT traces.rowid AS place, id, at, route, strategy, outcome, experts, skills, seconds,
                    decision_seconds, dollars, prompt_tokens, completion_tokens,
                    (SELECT score FROM feedback WHERE trace = traces.id) AS score
                FROM traces WHERE traces.rowid IN (
                    SELECT rowid FROM traces INDEXED BY traces_listed
                    WHERE at <= ? AND (at < ? OR rowid < ?) AND \(condition)
                    ORDER BY at DESC, rowid DESC LIMIT ?)
                ORDER BY at DESC, traces.rowid DESC
                """,
                StatementArguments(place + values + [limit + 1]))
            var page = TracePage(lines: try rows.prefix(limit).map(Self.line))
            if rows.count > limit, let last = page.lines.last {
                page.next = TraceCursor(at: last.at, place: try rows[limit - 1].whole("place"))
            }
            return page
        }
    }

    private static func line(_ row: Row) throws -> TraceLine {
        TraceLine(
            id: try row.text("id"), at: Timestamp(microseconds: Int64(try row.whole("at"))),
            route: try row.text("route"), strategy: try row.text("strategy"), outcome: try row.choice("outcome"),
            experts: names(try row.text("experts")).map { ExpertID($0) },
            skills: names(String.fromDatabaseValue(row["skills"]) ?? "").map { SkillName($0) },
            seconds: try row.number("seconds"),
            decisionSeconds: try row.number("decision_seconds"), dollars: try row.number("dollars"),
            promptTokens: try row.whole("prompt_tokens"), completionTokens: try row.whole("completion_tokens"),
            score: Double.fromDatabaseValue(row["score"]))
    }

    private static func names(_ joined: String) -> [String] { joined.split(separator: ",").map(String.init) }
}
