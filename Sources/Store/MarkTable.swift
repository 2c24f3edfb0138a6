public import Core
import GRDB

/// The graded answers that profiles are made of.
extension SQLiteStore: MarkStore {
    /// Adds marks, all or none; one for the same expert, skill, version and question replaces the older one.
    /// Throws a `Fault`.
    public func add(_ marks: [Mark]) async throws {
        for mark in marks {
            for text in [mark.expert.rawValue, mark.skill.rawValue, mark.skillVersion, mark.question] {
                _ = try text.plain("mark of \(mark.expert)")
            }
        }
        try await write { db in
            for mark in marks {
                try db.run(
                    """
                    INSERT INTO marks (at, expert, skill, skill_version, question, is_right, is_complete)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (expert, skill, skill_version, question) DO UPDATE
                    SET at = excluded.at, is_right = excluded.is_right, is_complete = excluded.is_complete
                    """,
                    [
                        mark.at.microseconds, mark.expert.rawValue, mark.skill.rawValue, mark.skillVersion,
                        mark.question, mark.isRight, mark.isComplete,
                    ])
            }
        }
    }

    /// All marks, oldest first; of the same moment, in the order added. Throws a `Fault`.
    public func marks() async throws -> [Mark] {
        try await read { db in
            try db.rows("SELECT * FROM marks ORDER BY at, id").map(Self.mark)
        }
    }

    /// A mark of one of the two tables.
    static func mark(_ row: Row) throws -> Mark {
        Mark(
            expert: ExpertID(try row.text("expert")), skill: SkillName(try row.text("skill")),
            skillVersion: try row.text("skill_version"), question: try row.text("question"),
            isRight: try row.flag("is_right"), isComplete: try row.flag("is_complete"),
            at: Timestamp(microseconds: Int64(try row.whole("at"))))
    }

    /// Forgets an expert's marks; returns how many there were. Throws a `Fault`.
    public func forget(_ expert: ExpertID) async throws -> Int {
        try await write { db in
            try db.run("DELETE FROM marks WHERE expert = ?", [expert.rawValue])
            return db.changesCount
        }
    }
}
