public import Core
import GRDB

/// What the dashboard reads of marks, feedback and runs: counts, not texts.
extension SQLiteStore: InsightStore {
    /// What people thought of one answer; nil if nobody said. Throws a `Fault`.
    public func feedback(on trace: String) async throws -> Feedback? {
        try await read { db in
            try db.rows("SELECT trace AS id, at, score, comment FROM feedback WHERE trace = ?", [trace]).first
                .map(Self.feedback(in:))
        }
    }

    /// Marks that later ones of the same question have replaced, oldest first. Throws a `Fault`.
    public func formerMarks() async throws -> [Mark] {
        try await read { try $0.rows("SELECT * FROM former_marks ORDER BY at, id").map(Self.mark) }
    }

    /// Runs, newest first, with what came of them so far; `limit` is held to 0...1000. Throws a `Fault`.
    public func runLines(limit: Int) async throws -> [RunLine] {
        let limit = min(max(limit, 0), 1_000)
        return try await read { db in
            try db.rows(
                """
                WITH chosen AS (SELECT *, rowid AS place FROM runs ORDER BY started_at DESC, rowid DESC LIMIT ?)
                SELECT chosen.*,
                    (SELECT count(*) FROM run_seats WHERE run = chosen.id) AS recruited,
                    a.answered, a.calls, a.prompt_tokens, a.completion_tokens, a.dollars,
                    g.graded, g.strictly, g.flexibly, g.cut, g.failed,
                    (SELECT total(seconds) FROM run_visits WHERE run = chosen.id) AS seconds
                FROM chosen
                LEFT JOIN (SELECT run, count(DISTINCT question) AS answered, count(*) AS calls,
                    sum(prompt_tokens) AS prompt_tokens, sum(completion_tokens) AS completion_tokens,
                    total(dollars) AS dollars FROM run_answers GROUP BY run) a ON a.run = chosen.id
                LEFT JOIN (SELECT run, count(*) AS graded, sum(is_strictly_right) AS strictly,
                    sum(is_flexibly_right) AS flexibly, sum(is_cut) AS cut, sum(has_failed) AS failed
                    FROM run_grades GROUP BY run) g ON g.run = chosen.id
                ORDER BY chosen.started_at DESC, chosen.place DESC
                """, [limit]
            ).map(Self.runLine)
        }
    }

    /// What each expert did in a run, by its name. Throws a `Fault`.
    public func runShares(in run: String) async throws -> [RunShare] {
        try await read { db in
            try db.rows(
                """
                SELECT expert, count(*) AS calls, total(fault_code IS NOT NULL) AS failed,
                    total(finish = 'length') AS cut, sum(prompt_tokens) AS prompt_tokens,
                    sum(completion_tokens) AS completion_tokens, total(dollars) AS dollars,
                    (SELECT count FROM run_visits v WHERE v.run = ?1 AND v.expert = run_answers.expert) AS visits,
                    (SELECT seconds FROM run_visits v WHERE v.run = ?1 AND v.expert = run_answers.expert) AS seconds
                FROM run_answers WHERE run = ?1 GROUP BY expert ORDER BY expert
                """, [run]
            ).map { row in
                RunShare(
                    expert: ExpertID(try row.text("expert")), calls: try row.whole("calls"),
                    failed: Int(try row.number("failed")), cut: Int(try row.number("cut")),
                    promptTokens: row.count("prompt_tokens"), completionTokens: row.count("completion_tokens"),
                    dollars: try row.number("dollars"), visits: row.count("visits"),
                    seconds: Double.fromDatabaseValue(row["seconds"]) ?? 0)
            }
        }
    }

    /// How the questions of a run ended, in the order first graded; `limit` is held to 0...100,000. Throws a `Fault`.
    public func runMarks(in run: String, limit: Int) async throws -> [RunMark] {
        let limit = min(max(limit, 0), 100_000)
        return try await read { db in
            try db.rows(
                """
                SELECT question, is_strictly_right, is_flexibly_right, is_cut, has_failed FROM run_grades
                WHERE run = ? ORDER BY position LIMIT ?
                """, [run, limit]
            ).map { row in
                RunMark(
                    question: try row.text("question"), isStrictlyRight: try row.flag("is_strictly_right"),
                    isFlexiblyRight: try row.flag("is_flexibly_right"), isCut: try row.flag("is_cut"),
                    hasFailed: try row.flag("has_failed"))
            }
        }
    }

    private static func runLine(_ row: Row) throws -> RunLine {
        let id = try row.text("id")
        return RunLine(
            id: id, suite: try row.text("suite"), strategy: try row.text("strategy"),
            experts: try Body.decode([ExpertID].self, row.text("experts"), "run \(id)"), state: try row.choice("state"),
            startedAt: Timestamp(microseconds: Int64(try row.whole("started_at"))),
            finishedAt: Int64.fromDatabaseValue(row["finished_at"]).map { Timestamp(microseconds: $0) },
            questions: try row.whole("question_count"), recruited: try row.whole("recruited"),
            answered: row.count("answered"), graded: row.count("graded"), strictlyRight: row.count("strictly"),
            flexiblyRight: row.count("flexibly"), cut: row.count("cut"), failed: row.count("failed"),
            calls: row.count("calls"), promptTokens: row.count("prompt_tokens"),
            completionTokens: row.count("completion_tokens"), dollars: Double.fromDatabaseValue(row["dollars"]) ?? 0,
            seconds: try row.number("seconds"))
    }
}

extension Row {
    /// A sum or count of rows; 0 where there were none.
    fileprivate func count(_ column: String) -> Int { Int.fromDatabaseValue(self[column]) ?? 0 }
}
