public import Core
import GRDB

/// A step for rounds of canaries: how experts did on questions that are asked again and again.
enum CanaryTable {
    static let step = Migrations.Step(number: 7, name: "canaries", sql: sql)

    private static let sql = """
        CREATE TABLE canary_rounds (
            position INTEGER PRIMARY KEY, at INTEGER NOT NULL, expert TEXT NOT NULL, skill TEXT NOT NULL,
            identity TEXT NOT NULL, right_answers INTEGER NOT NULL, answers INTEGER NOT NULL) STRICT;
        """
}

extension SQLiteStore: CanaryStore {
    /// The most rounds of one expert and skill that are kept beside the first `firstRounds`, which say how it began.
    private static let latestRounds = 100
    private static let firstRounds = 100

    /// Adds a round, and forgets those in the middle of a long row. Throws a `Fault`.
    public func add(_ round: CanaryRound) async throws {
        let (expert, skill) = (try round.expert.rawValue.plain("expert"), try round.skill.rawValue.plain("skill"))
        let identity = try round.identity.plain("identity")
        try await write { db in
            try db.run(
                """
                INSERT INTO canary_rounds (at, expert, skill, identity, right_answers, answers)
                VALUES (?, ?, ?, ?, ?, ?)
                """, [round.at.microseconds, expert, skill, identity, round.result.right, round.result.of])
            // Of another identity, a round is never compared with again.
            try db.run(
                "DELETE FROM canary_rounds WHERE expert = ? AND skill = ? AND identity <> ?", [expert, skill, identity])
            try db.run(
                """
                DELETE FROM canary_rounds WHERE expert = ?1 AND skill = ?2
                    AND position NOT IN (SELECT position FROM canary_rounds WHERE expert = ?1 AND skill = ?2
                        ORDER BY position LIMIT ?3)
                    AND position NOT IN (SELECT position FROM canary_rounds WHERE expert = ?1 AND skill = ?2
                        ORDER BY position DESC LIMIT ?4)
                """, [expert, skill, Self.firstRounds, Self.latestRounds])
        }
    }

    /// All rounds, oldest first. Throws a `Fault`.
    public func canaryRounds() async throws -> [CanaryRound] {
        try await read { db in
            try db.rows("SELECT * FROM canary_rounds ORDER BY position").map { row in
                CanaryRound(
                    expert: ExpertID(try row.text("expert")), skill: SkillName(try row.text("skill")),
                    identity: try row.text("identity"),
                    result: WilsonShare(right: try row.whole("right_answers"), of: try row.whole("answers")),
                    at: Timestamp(microseconds: Int64(try row.whole("at"))))
            }
        }
    }
}
