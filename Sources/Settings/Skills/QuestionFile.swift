import Core
import Foundation

/// Reads a skill's `questions.jsonl`, one graded question a line.
struct QuestionFile {
    /// A larger file is refused, in bytes.
    static let largest = 1 << 20

    private struct Row: Decodable {
        var id: String
        var question: String
        var answer: String
    }

    let questions: [GradedQuestion]

    init(data: Data, grader: GraderKind?, problems: ProblemList) {
        var questions: [GradedQuestion] = []
        var lines: [String: Int] = [:]
        for (index, bytes) in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            guard bytes.contains(where: { $0 > 0x20 }) else { continue }
            let refuse = { (found: String, fix: String) in
                problems.add(
                    SettingsProblem(file: problems.file, line: index + 1, column: 1, path: "", found: found, fix: fix))
            }
            guard let row = try? JSONDecoder().decode(Row.self, from: bytes) else {
                refuse("this is not a question", #"Write {"id": "…", "question": "…", "answer": "…"}, the answer as a text"#)
                continue
            }
            if let first = lines[row.id] { refuse("the id \(row.id) stands in line \(first) too", "Give it another one") }
            lines[row.id] = lines[row.id] ?? index + 1
            if row.id.isEmpty || row.question.isEmpty { refuse("id or question is empty", "Write both") }
            if let fix = Self.flaw(of: row.answer, to: row.question, grader: grader) {
                refuse("the answer \"\(row.answer.prefix(40))\" cannot be graded", fix)
            }
            questions.append(GradedQuestion(id: row.id, question: row.question, answer: row.answer))
        }
        self.questions = questions
    }

    /// What to write instead; nil if the grader can use the answer.
    private static func flaw(of answer: String, to question: String, grader: GraderKind?) -> String? {
        switch grader {
        case .choice:
            let letter = answer.uppercased()
            guard letter.count == 1, letter.first?.isLetter == true, letter.first?.isASCII == true else {
                return "Write the letter of the right option"
            }
            return question.contains("\(letter))") ? nil : "The question has no option \(letter))"
        case .number:
            return Double(answer.filter { $0 != "," }) == nil ? "Write a number without a unit" : nil
        case .exact, .judge: return answer.contains { $0.isLetter || $0.isNumber } ? nil : "Write a word or two"
        case nil: return nil
        }
    }
}
