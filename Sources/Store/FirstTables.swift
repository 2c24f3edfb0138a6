/// Step 1: the tables that Muster began with.
///
/// Moments (`at`, `…_at`) are microseconds since 1970 UTC: `datetime(at / 1000000, 'unixepoch')` shows them. `body`
/// is the whole value as JSON; the other columns are there to be asked for by hand.
enum FirstTables {
    static let step = Migrations.Step(number: 1, name: "first tables", sql: sql)

    // STRICT makes SQLite hold every value to its column's type, so that reading finds what writing put there.
    private static let sql = """
        CREATE TABLE migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;

        CREATE TABLE annotations (
            question TEXT NOT NULL, annotator TEXT NOT NULL, kept_at INTEGER NOT NULL, passes INTEGER NOT NULL,
            calls INTEGER NOT NULL, prompt_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (question, annotator)) STRICT;

        CREATE TABLE marks (
            id INTEGER PRIMARY KEY, at INTEGER NOT NULL, expert TEXT NOT NULL, skill TEXT NOT NULL,
            skill_version TEXT NOT NULL, question TEXT NOT NULL, is_right INTEGER NOT NULL,
            is_complete INTEGER NOT NULL,
            UNIQUE (expert, skill, skill_version, question)) STRICT;

        CREATE TABLE traces (
            id TEXT PRIMARY KEY NOT NULL, at INTEGER NOT NULL, route TEXT NOT NULL, question TEXT NOT NULL,
            outcome TEXT NOT NULL, strategy TEXT NOT NULL, experts TEXT NOT NULL, seconds REAL NOT NULL,
            decision_seconds REAL NOT NULL, dollars REAL NOT NULL, prompt_tokens INTEGER NOT NULL,
            completion_tokens INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
        CREATE INDEX traces_at ON traces (at);

        CREATE TABLE attempts (
            trace TEXT NOT NULL REFERENCES traces (id) ON DELETE CASCADE, position INTEGER NOT NULL,
            expert TEXT NOT NULL, role TEXT NOT NULL, seconds REAL NOT NULL, dollars REAL NOT NULL,
            prompt_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL, finish TEXT, fault_code TEXT,
            PRIMARY KEY (trace, position)) STRICT, WITHOUT ROWID;

        CREATE TABLE registry (
            position INTEGER PRIMARY KEY, expert TEXT NOT NULL UNIQUE, added_at INTEGER NOT NULL,
            definition TEXT NOT NULL) STRICT;

        CREATE TABLE choices (
            key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL, chosen_at INTEGER NOT NULL) STRICT;

        CREATE TABLE runs (
            id TEXT PRIMARY KEY NOT NULL, suite TEXT NOT NULL, data TEXT NOT NULL, strategy TEXT NOT NULL,
            experts TEXT NOT NULL, seed TEXT NOT NULL, prompt_version TEXT NOT NULL,
            question_count INTEGER NOT NULL, started_at INTEGER NOT NULL, finished_at INTEGER,
            state TEXT NOT NULL, settings TEXT NOT NULL) STRICT;

        CREATE TABLE run_seats (
            position INTEGER PRIMARY KEY, run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            question TEXT NOT NULL, strategy TEXT NOT NULL, experts TEXT NOT NULL, body TEXT NOT NULL,
            UNIQUE (run, question)) STRICT;

        CREATE TABLE run_answers (
            position INTEGER PRIMARY KEY, run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            question TEXT NOT NULL, seat INTEGER NOT NULL, expert TEXT NOT NULL, seconds REAL, dollars REAL NOT NULL,
            prompt_tokens INTEGER, completion_tokens INTEGER, finish TEXT, fault_code TEXT, body TEXT NOT NULL,
            UNIQUE (run, question, seat)) STRICT;

        CREATE TABLE run_grades (
            position INTEGER PRIMARY KEY, run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            question TEXT NOT NULL, is_strictly_right INTEGER NOT NULL, is_flexibly_right INTEGER NOT NULL,
            is_cut INTEGER NOT NULL, has_failed INTEGER NOT NULL, body TEXT NOT NULL,
            UNIQUE (run, question)) STRICT;

        CREATE TABLE run_visits (
            run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, expert TEXT NOT NULL,
            count INTEGER NOT NULL, seconds REAL NOT NULL,
            PRIMARY KEY (run, expert)) STRICT;
        """
}
