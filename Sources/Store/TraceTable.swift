public import Core
import GRDB

/// The record of every journey, and of every call within it in a table of its own.
extension SQLiteStore: TraceStore {
    /// Hands a trace to the writer and returns at once. A later trace of the same id replaces an earlier one.
    public func keep(_ trace: Trace) { traceQueue.add(trace) }

    /// A trace by its id, also one that still waits to be written; else the latest of the request that a caller gave this
    /// id. Where a client's key asks (`Asker.current`), only its own: others may call their requests the same. Nil if there
    /// is none. Throws a `Fault`.
    public func trace(_ id: String) async throws -> Trace? {
        let key = Asker.current?.key
        let waiting = traceQueue.waiting(id)
        if let waiting, key == nil || waiting.key == key { return waiting }
        if let written = try await written(id, by: key) { return written }
        // Another's trace waits, and one of this key's may wait behind it.
        guard waiting != nil else { return nil }
        await traceQueue.flush()
        return try await written(id, by: key)
    }

    /// - Parameter key: whose; nil for anybody's.
    private func written(_ id: String, by key: String?) async throws -> Trace? {
        try await read { db in
            try db.rows(
                """
                SELECT id, body FROM traces WHERE (id = ?1 OR request = ?1) AND (?2 IS NULL OR key = ?2)
                ORDER BY id = ?1 DESC, at DESC LIMIT 1
                """, [id, key]
            ).first.map(TraceRow.trace)
        }
    }

    /// The latest traces that were written, newest first; `limit` is held to 0...10,000. Throws a `Fault`.
    public func traces(limit: Int) async throws -> [Trace] {
        let limit = min(max(limit, 0), 10_000)
        return try await read { db in
            try db.rows("SELECT id, body FROM traces ORDER BY at DESC, rowid DESC LIMIT ?", [limit])
                .map(TraceRow.trace)
        }
    }

    /// Deletes traces older than a moment, in small transactions so that nobody waits long; returns how many.
    /// The file does not shrink; its pages are used again. Throws a `Fault`.
    @discardableResult
    public func deleteTraces(before moment: Timestamp) async throws -> Int {
        var total = 0
        while true {
            try Task.checkCancellation()
            let deleted = try await write { db in
                try db.run(
                    "DELETE FROM traces WHERE rowid IN (SELECT rowid FROM traces WHERE at < ? ORDER BY at LIMIT ?)",
                    [moment.microseconds, TraceRow.deletedAtOnce])
                return db.changesCount
            }
            total += deleted
            if deleted < TraceRow.deletedAtOnce { return total }
        }
    }

    /// Waits until every trace kept before this call is written or given up.
    public func flush() async { await traceQueue.flush() }

    /// How many traces could not be kept since the store was opened.
    public var droppedTraces: Int { traceQueue.dropped }
}

/// A trace with its JSON, ready to be written.
struct TraceRow: Sendable {
    /// Rows that one transaction of `deleteTraces` deletes.
    static let deletedAtOnce = 500

    private let trace: Trace
    private let body: String

    init(_ trace: Trace) throws {
        self.trace = trace
        body = try Body.encode(trace, "trace \(trace.id)")
    }

    static func trace(_ row: Row) throws -> Trace {
        try Body.decode(Trace.self, row.text("body"), "trace \(row.text("id"))")
    }

    func insert(into db: Database) throws {
        if try insertTrace(into: db) { return try insertAttempts(into: db) }
        // Kept before: what came of it since then is in this one.
        try db.run("DELETE FROM traces WHERE id = ?", [trace.id])
        _ = try insertTrace(into: db)
        try insertAttempts(into: db)
    }

    /// False if there is one of this id.
    private func insertTrace(into db: Database) throws -> Bool {
        let recruited = trace.recruitment.experts
        var called: [ExpertID] = []
        for id in trace.attempts.lazy.map(\.expert) where !recruited.contains(id) && !called.contains(id) {
            called.append(id)
        }
        try db.run(
            """
            INSERT INTO traces (id, at, route, question, outcome, strategy, experts, seconds, decision_seconds, dollars,
                prompt_tokens, completion_tokens, request, key, body, skills, called)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
            """,
            [
                trace.id, trace.at.microseconds, trace.route, trace.question, trace.outcome.rawValue,
                trace.recruitment.strategy, Self.joined(recruited), trace.seconds.finite, trace.decisionSeconds.finite,
                trace.dollars.finite, trace.usage.promptTokens, trace.usage.completionTokens, trace.requestID,
                trace.key, body, Self.joined(trace.need.distinctSkills), Self.joined(called),
            ])
        return db.changesCount > 0
    }

    /// Calls alone: tries that were refused before they were sent stand in the body, and in no account.
    private func insertAttempts(into db: Database) throws {
        for (position, attempt) in trace.attempts.enumerated() where attempt.isCall {
            try insert(attempt, at: position, into: db)
        }
    }

    private static func joined<Subject>(_ names: [Name<Subject>]) -> String {
        names.map(\.rawValue).joined(separator: ",")
    }

    private func insert(_ attempt: Attempt, at position: Int, into db: Database) throws {
        try db.run(
            """
            INSERT INTO attempts (trace, position, expert, role, seconds, dollars, prompt_tokens, completion_tokens,
                finish, fault_code, price, reported_dollars)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                trace.id, position, attempt.expert.rawValue, attempt.role.rawValue, attempt.seconds.finite,
                attempt.dollars.finite, attempt.usage.promptTokens, attempt.usage.completionTokens,
                attempt.finish?.rawValue, attempt.fault?.code.rawValue, attempt.priceVersion,
                attempt.reportedDollars?.finite,
            ])
    }
}

extension Double {
    /// For columns that are NOT NULL: SQLite keeps a NaN as NULL. `body` has what it really was.
    var finite: Double { isNaN ? 0 : self }
}
