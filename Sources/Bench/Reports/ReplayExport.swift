public import Core
import Foundation

/// Runs of single experts on the same questions as recorded outcomes, one question a line: what `muster replay` reads.
public struct ReplayExport: Sendable {
    /// JSON lines.
    public let text: String

    /// - Throws: a `Fault` if the runs are not of single experts on these questions.
    public init(_ records: [RunRecord], suite: Suite, questions: [GradedQuestion]) throws {
        let print = SuiteFile.fingerprint(of: questions)
        for record in records {
            guard record.run.suite == suite.id, record.run.data == print else {
                throw Fault(
                    .invalidRequest, "run \(record.run.id)", "is about other questions than the first run",
                    hint: "Export runs with the same suite, --split and --limit")
            }
            guard record.run.strategy.hasPrefix("single:") else {
                throw Fault(
                    .invalidRequest, "run \(record.run.id)", "was made with the strategy \(record.run.strategy)",
                    expected: "Outcomes are recorded for single experts: runs with --strategy single:<expert>")
            }
        }
        let answers = records.map { record in
            Dictionary(record.answers.map { ($0.question, $0) }, uniquingKeysWith: { first, _ in first })
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var lines: [String] = []
        for question in questions {
            var outcomes: [String: JSONValue] = [:]
            for (index, record) in records.enumerated() {
                guard let grade = record.grades[question.id], let expert = record.onlyExpert else { continue }
                var outcome: [String: JSONValue] = [
                    "score": .number(grade.score ?? (grade.isFlexiblyRight ? 1 : 0)),
                    "characters": .integer(grade.text.count),
                ]
                if let said = grade.flexible { outcome["answer"] = .string(said) }
                if let dollars = answers[index][question.id]?.dollars { outcome["usd"] = .number(dollars) }
                outcomes[expert.rawValue] = .object(outcome)
            }
            guard !outcomes.isEmpty else { continue }
            var line: [String: JSONValue] = [
                "id": .string(question.id), "suite": .string(suite.id), "question": .string(question.question),
                "outcomes": .object(outcomes),
            ]
            if !question.answer.isEmpty { line["gold"] = .string(question.answer) }
            if let category = question.extras?.category { line["category"] = .string(category) }
            if let part = RunSettings(records[0].run.settings)?.part { line["split"] = .string(part) }
            lines.append(String(decoding: (try? encoder.encode(JSONValue.object(line))) ?? Data(), as: UTF8.self))
        }
        text = lines.joined(separator: "\n") + "\n"
    }
}
