/// Step 3: the keys of clients, what they have spent, and the prices that amounts were computed with.
enum MoneyTables {
    static let step = Migrations.Step(number: 4, name: "keys and prices", sql: sql)

    // `key_changes` lets a running service see within a moment that a key was changed, by whichever program.
    private static let sql = """
        CREATE TABLE client_keys (
            position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, digest TEXT NOT NULL UNIQUE,
            prefix TEXT NOT NULL, former_digest TEXT, former_until INTEGER, scope TEXT NOT NULL,
            requests_per_minute INTEGER, tokens_per_minute INTEGER, budget_dollars REAL, budget_tokens INTEGER,
            budget_calls INTEGER, period TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER,
            revoked_at INTEGER) STRICT;
        CREATE UNIQUE INDEX client_key_names ON client_keys (name) WHERE revoked_at IS NULL;

        CREATE TABLE key_changes (count INTEGER NOT NULL) STRICT;
        INSERT INTO key_changes VALUES (1);
        CREATE TRIGGER client_key_added AFTER INSERT ON client_keys BEGIN
            UPDATE key_changes SET count = count + 1;
        END;
        CREATE TRIGGER client_key_changed AFTER UPDATE ON client_keys BEGIN
            UPDATE key_changes SET count = count + 1;
        END;
        CREATE TRIGGER client_key_deleted AFTER DELETE ON client_keys BEGIN
            UPDATE key_changes SET count = count + 1;
        END;

        CREATE TABLE key_spending (
            key TEXT NOT NULL, period TEXT NOT NULL, nanodollars INTEGER NOT NULL, tokens INTEGER NOT NULL,
            calls INTEGER NOT NULL,
            PRIMARY KEY (key, period)) STRICT, WITHOUT ROWID;

        CREATE TABLE key_takings (
            key TEXT NOT NULL, period TEXT NOT NULL, holder TEXT NOT NULL, taken_at INTEGER NOT NULL,
            nanodollars INTEGER NOT NULL, tokens INTEGER NOT NULL, calls INTEGER NOT NULL,
            PRIMARY KEY (key, period, holder)) STRICT, WITHOUT ROWID;

        CREATE TABLE prices (
            position INTEGER PRIMARY KEY, expert TEXT NOT NULL, version TEXT NOT NULL, model TEXT NOT NULL,
            input REAL NOT NULL, output REAL NOT NULL, cached REAL, since INTEGER NOT NULL) STRICT;

        ALTER TABLE traces ADD COLUMN key TEXT;
        ALTER TABLE attempts ADD COLUMN price TEXT;
        ALTER TABLE attempts ADD COLUMN reported_dollars REAL;
        """
}
