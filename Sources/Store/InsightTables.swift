/// Step 6: what lets a hundred thousand traces be leafed through, and what graded answers were before they were asked
/// for again.
///
/// `skills` and `called` (experts that were called without being recruited) are names joined by commas. The index holds
/// everything that a list is searched by, so that leafing reads it alone and opens only the traces it shows.
enum InsightTables {
    static let step = Migrations.Step(number: 9, name: "lists and former marks", sql: sql)

    private static let sql = """
        ALTER TABLE traces ADD COLUMN skills TEXT;
        ALTER TABLE traces ADD COLUMN called TEXT;
        CREATE INDEX traces_listed ON traces (at, route, outcome, dollars, experts, called, skills);

        CREATE TABLE former_marks (
            id INTEGER PRIMARY KEY, at INTEGER NOT NULL, expert TEXT NOT NULL, skill TEXT NOT NULL,
            skill_version TEXT NOT NULL, question TEXT NOT NULL, is_right INTEGER NOT NULL,
            is_complete INTEGER NOT NULL) STRICT;
        CREATE INDEX former_marks_expert ON former_marks (expert);
        CREATE TRIGGER mark_replaced AFTER UPDATE ON marks WHEN old.at <> new.at BEGIN
            INSERT INTO former_marks (at, expert, skill, skill_version, question, is_right, is_complete)
            VALUES (old.at, old.expert, old.skill, old.skill_version, old.question, old.is_right, old.is_complete);
        END;
        CREATE TRIGGER expert_forgotten AFTER DELETE ON marks BEGIN
            DELETE FROM former_marks WHERE expert = old.expert;
        END;
        """
}
