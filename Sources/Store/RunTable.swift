public import Core
import GRDB

/// Benchmark runs, and how often each expert was visited in one. `RunAnswerTable` has what happened to the questions.
extension SQLiteStore {
    /// Begins a run. Throws a `Fault`, `invalidRequest` if there is a run of this id already.
    public func start(_ run: Run) async throws {
        for text in [run.id, run.suite, run.data, run.strategy, run.promptVersion, run.settings] {
            _ = try text.plain("run \(run.id)")
        }
        let experts = try Body.encode(run.experts, "run \(run.id)")
        try await write { db in
            guard try db.rows("SELECT id FROM runs WHERE id = ?", [run.id]).isEmpty else {
                throw Fault(
                    .invalidRequest, "run \"\(run.id)\"", "there already is a run of this name",
                    hint: "Resume it, or choose another name")
            }
            try db.run(
                """
                INSERT INTO runs (id, suite, data, strategy, experts, seed, prompt_version, question_count, started_at,
                    state, settings)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    run.id, run.suite, run.data, run.strategy, experts, String(run.seed), run.promptVersion,
                    run.questionCount, run.startedAt.microseconds, run.state.rawValue, run.settings,
                ])
        }
    }

    /// A run by its id; nil if there is none. Throws a `Fault`.
    public func run(_ id: String) async throws -> Run? {
        try await read { try $0.rows("SELECT * FROM runs WHERE id = ?", [id]).first.map(Self.run) }
    }

    /// All runs, newest first. Throws a `Fault`.
    public func runs() async throws -> [Run] {
        try await read { try $0.rows("SELECT * FROM runs ORDER BY started_at DESC, rowid DESC").map(Self.run) }
    }

    /// Marks a run as finished; its end is the moment of the first call. Throws a `Fault`, `unknownRun` if there is no
    /// such run.
    public func finish(_ id: String) async throws {
        let at = time.timestamp()
        try await write(in: id) { db in
            try db.run(
                "UPDATE runs SET state = ?, finished_at = coalesce(finished_at, ?) WHERE id = ?",
                [Run.State.finished.rawValue, at.microseconds, id])
        }
    }

    /// Adds one visit of `seconds`. Throws a `Fault`, `unknownRun` if there is no such run.
    public func countVisit(of expert: ExpertID, in run: String, seconds: Double) async throws {
        let expert = try expert.rawValue.plain("expert")
        try await write(in: run) { db in
            try db.run(
                """
                INSERT INTO run_visits (run, expert, count, seconds) VALUES (?, ?, 1, ?)
                ON CONFLICT (run, expert) DO UPDATE SET count = count + 1, seconds = seconds + excluded.seconds
                """, [run, expert, seconds.finite])
        }
    }

    /// The visits of a run, by expert. Throws a `Fault`.
    public func visits(in run: String) async throws -> [RunVisits] {
        try await read { db in
            try db.rows("SELECT * FROM run_visits WHERE run = ? ORDER BY expert", [run]).map { row in
                RunVisits(
                    expert: ExpertID(try row.text("expert")), count: try row.whole("count"),
                    seconds: try row.number("seconds"))
            }
        }
    }

    /// Writes in one transaction to a run that must be there.
    func write(in run: String, _ work: @escaping @Sendable (Database) throws -> Void) async throws {
        try await write { db in
            guard try db.rows("SELECT id FROM runs WHERE id = ?", [run]).isEmpty else { return try work(db) }
            let known = try String.fetchAll(db, sql: "SELECT id FROM runs ORDER BY started_at DESC LIMIT 1000")
            throw Fault.unknown(.unknownRun, "run", named: run, among: known)
        }
    }

    private static func run(_ row: Row) throws -> Run {
        let id = try row.text("id")
        guard let seed = UInt64(try row.text("seed")) else { throw UnreadableValue(place: "column seed of run \(id)") }
        return Run(
            id: id, suite: try row.text("suite"), data: try row.text("data"), strategy: try row.text("strategy"),
            experts: try Body.decode([ExpertID].self, row.text("experts"), "run \(id)"), seed: seed,
            promptVersion: try row.text("prompt_version"), questionCount: try row.whole("question_count"),
            startedAt: Timestamp(microseconds: Int64(try row.whole("started_at"))), state: try row.choice("state"),
            settings: try row.text("settings"))
    }
}
