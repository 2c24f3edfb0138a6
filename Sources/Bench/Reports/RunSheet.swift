import Core

/// Runs as comma-separated values (RFC 4180), one line a question.
public struct RunSheet: Sendable {
    public let text: String

    public init(_ records: [RunRecord]) {
        var lines = [
            [
                "run", "suite", "strategy", "question", "column", "strict", "flexible", "strictly_right",
                "flexibly_right", "score", "calls", "prompt_tokens", "completion_tokens", "dollars", "seconds",
                "skills", "remark",
            ]
        ]
        for record in records {
            let answers = Dictionary(grouping: record.answers, by: \.question)
            for (id, grade) in record.grades.sorted(by: { $0.key < $1.key }) {
                let own = answers[id] ?? []
                lines.append([
                    record.run.id, record.run.suite, record.run.strategy, id, grade.column.rawValue,
                    grade.strict ?? "", grade.flexible ?? "", grade.isStrictlyRight ? "1" : "0",
                    grade.isFlexiblyRight ? "1" : "0", grade.score.map { Numerals.decimals($0, 3) } ?? "",
                    "\(own.count)", "\(own.reduce(0) { $0 + ($1.answer?.usage.promptTokens ?? 0) })",
                    "\(own.reduce(0) { $0 + ($1.answer?.usage.completionTokens ?? 0) })",
                    Numerals.decimals(own.reduce(0) { $0 + $1.dollars }, 9),
                    Numerals.decimals(own.reduce(0) { $0 + ($1.answer?.seconds ?? 0) }, 3),
                    (record.needs[id] ?? []).map(\.rawValue).joined(separator: " "), grade.remark ?? "",
                ])
            }
        }
        text = lines.map { $0.map(Self.cell).joined(separator: ",") }.joined(separator: "\r\n") + "\r\n"
    }

    /// Quoted where it must be; what a spreadsheet would take for a formula is made a text.
    static func cell(_ text: String) -> String {
        let isFormula =
            text.first.map { "=+@\t\r".contains($0) } ?? false
            || (text.hasPrefix("-") && Double(text) == nil)
        let safe = isFormula ? "'" + text : text
        guard safe.contains(where: { ",\"\r\n".contains($0) || $0.isNewline }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
