public import Core
import GRDB

/// Annotations by question and annotator: a question is annotated once by each.
extension SQLiteStore: AnnotationStore {
    /// What an annotator found in a question; nil if it has not looked at it. Throws a `Fault`.
    public func annotation(of question: Fingerprint, by annotator: String) async throws -> Annotation? {
        try await read { db in
            try db.rows(
                "SELECT body FROM annotations WHERE question = ? AND annotator = ?", [question.hex, annotator]
            ).first.map { try Body.decode(Annotation.self, $0.text("body"), "annotation \(question.hex)") }
        }
    }

    /// Keeps what an annotator found; a later one replaces an earlier one. Throws a `Fault`.
    public func keep(_ annotation: Annotation, of question: Fingerprint, by annotator: String) async throws {
        let body = try Body.encode(annotation, "annotation \(question.hex)")
        let at = time.timestamp()
        try await write { db in
            try db.run(
                """
                INSERT OR REPLACE INTO annotations
                    (question, annotator, kept_at, passes, calls, prompt_tokens, completion_tokens, body)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    question.hex, annotator, at.microseconds, annotation.passes, annotation.calls,
                    annotation.usage.promptTokens, annotation.usage.completionTokens, body,
                ])
        }
    }
}
