public import Core
import GRDB

/// What happened to each question of a run: who was recruited, what they said, how it was graded.
///
/// Seats and answers stand once kept: keeping another for the same question and seat changes nothing, so that a resumed
/// run may repeat its last steps. A grade follows from the answers and may be made anew: the last stands.
extension SQLiteStore: RunStore {
    /// Keeps who was recruited, all or none. Throws a `Fault`, `unknownRun` if there is no such run.
    public func keep(_ seats: [RunSeats], in run: String) async throws {
        let rows = try seats.map { ($0, try Body.encode($0, "seats of \($0.question)")) }
        try await write(in: run) { db in
            for (seats, body) in rows {
                let experts = seats.recruitment.experts.map(\.rawValue).joined(separator: ",")
                try db.run(
                    """
                    INSERT INTO run_seats (run, question, strategy, experts, body) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (run, question) DO NOTHING
                    """, [run, seats.question, seats.recruitment.strategy, experts, body])
            }
        }
    }

    /// Who was recruited, in the order kept. Throws a `Fault`.
    public func seats(in run: String) async throws -> [RunSeats] { try await bodies("run_seats", of: run) }

    /// Keeps an answer; the first for its question and seat stands. Throws a `Fault`, `unknownRun` if there is no such
    /// run.
    public func keep(_ answer: RunAnswer, in run: String) async throws {
        let body = try Body.encode(answer, "answer to \(answer.question)")
        try await write(in: run) { db in
            try db.run(
                """
                INSERT INTO run_answers (run, question, seat, expert, seconds, dollars, prompt_tokens,
                    completion_tokens, finish, fault_code, body)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (run, question, seat) DO NOTHING
                """,
                [
                    run, answer.question, answer.seat, answer.expert.rawValue, answer.answer?.seconds,
                    answer.dollars.finite, answer.answer?.usage.promptTokens, answer.answer?.usage.completionTokens,
                    answer.answer?.finish.rawValue, answer.fault?.code.rawValue, body,
                ])
        }
    }

    /// The answers of a run, in the order kept. Throws a `Fault`.
    public func answers(in run: String) async throws -> [RunAnswer] { try await bodies("run_answers", of: run) }

    /// Keeps a grade; the last for its question stands. Throws a `Fault`, `unknownRun` if there is no such run.
    public func keep(_ grade: RunGrade, in run: String) async throws {
        let body = try Body.encode(grade, "grade of \(grade.question)")
        try await write(in: run) { db in
            try db.run(
                """
                INSERT INTO run_grades (run, question, is_strictly_right, is_flexibly_right, is_cut, has_failed, body)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (run, question) DO UPDATE
                SET is_strictly_right = excluded.is_strictly_right, is_flexibly_right = excluded.is_flexibly_right,
                    is_cut = excluded.is_cut, has_failed = excluded.has_failed, body = excluded.body
                """,
                [
                    run, grade.question, grade.isStrictlyRight, grade.isFlexiblyRight, grade.isCut, grade.hasFailed,
                    body,
                ])
        }
    }

    /// The grades of a run, in the order first kept. Throws a `Fault`.
    public func grades(in run: String) async throws -> [RunGrade] { try await bodies("run_grades", of: run) }

    private func bodies<Value: Decodable & Sendable>(_ table: String, of run: String) async throws -> [Value] {
        try await read { db in
            try db.rows("SELECT body FROM \(table) WHERE run = ? ORDER BY position", [run])
                .map { try Body.decode(Value.self, $0.text("body"), "\(table) of run \(run)") }
        }
    }
}
