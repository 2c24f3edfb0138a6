/// Step 3: files of clients, batches and what came of them.
///
/// A file of results holds nothing itself: it is the results of its batch's lines, in their order.
enum BatchTables {
    static let step = Migrations.Step(number: 5, name: "batches", sql: sql)

    private static let sql = """
        CREATE TABLE files (
            position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, name TEXT NOT NULL,
            purpose TEXT NOT NULL, bytes INTEGER NOT NULL, content BLOB, batch TEXT, failed INTEGER) STRICT;

        CREATE TABLE batches (
            position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, key TEXT UNIQUE,
            is_open INTEGER NOT NULL, total INTEGER NOT NULL, completed INTEGER NOT NULL, failed INTEGER NOT NULL,
            body TEXT NOT NULL) STRICT;
        CREATE INDEX batches_open ON batches (is_open, position);

        CREATE TABLE batch_lines (
            batch TEXT NOT NULL REFERENCES batches (id) ON DELETE CASCADE, line INTEGER NOT NULL,
            custom_id TEXT NOT NULL, body BLOB NOT NULL, result BLOB, failed INTEGER,
            PRIMARY KEY (batch, line)) STRICT;

        CREATE TABLE batch_answers (
            batch TEXT NOT NULL REFERENCES batches (id) ON DELETE CASCADE, line INTEGER NOT NULL, key TEXT NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (batch, line, key)) STRICT, WITHOUT ROWID;
        """
}
