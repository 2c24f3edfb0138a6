public import Core
import Foundation

/// Reads a skill's `questions.jsonl`, one graded question a line.
public struct QuestionFile: Sendable {
    /// A larger file is refused, in bytes.
    static let largest = 1 << 20
    private static let fields = ["id", "question", "answer"]
    private static let form = #"Write {"id": "…", "question": "…", "answer": "…"}, all three as texts"#

    /// Those that could be read, in the order of the file.
    public let questions: [GradedQuestion]
    public let problems: [SettingsProblem]

    /// - Parameters:
    ///   - grader: how answers will be graded; nil if nothing is known.
    ///   - name: what the file is called in problems.
    public init(text: String, grader: GraderKind?, name: String) {
        let list = ProblemList(file: name)
        var questions: [GradedQuestion] = []
        var lines: [String: Int] = [:]
        // Only line feeds end a line: JSON texts may hold other signs that Unicode counts as line ends.
        let rows = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Substring.init)
        for (index, row) in rows.enumerated() {
            guard row.contains(where: { !$0.isWhitespace }) else { continue }
            let refuse = { (found: String, fix: String) in
                list.add(SettingsProblem(file: name, line: index + 1, column: 1, path: "", found: found, fix: fix))
            }
            guard let question = Self.question(row, refuse) else { continue }
            if let first = lines[question.id] {
                refuse("the id \(question.id.quoted) stands in line \(first) too", "Give it another one")
                continue
            }
            lines[question.id] = index + 1
            if let flaw = AnswerFlaw(of: question, grader: grader) {
                refuse("the answer \(question.answer.quoted) \(flaw.found)", flaw.fix)
            }
            questions.append(question)
        }
        self.questions = questions
        problems = list.problems
    }

    private static func question(_ row: Substring, _ refuse: (String, String) -> Void) -> GradedQuestion? {
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(row.utf8)),
            case .object(let members) = value
        else {
            refuse("the line is not a JSON object", form)
            return nil
        }
        if let stranger = members.keys.sorted().first(where: { !fields.contains($0) }) {
            refuse(
                "there is no field \(stranger.quoted)",
                Setting.meant(stranger, among: fields).isEmpty ? form : Setting.meant(stranger, among: fields))
            return nil
        }
        let texts = fields.map { members[$0]?.text?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "" }
        guard let missing = zip(fields, texts).first(where: { $0.1.isEmpty }) else {
            return GradedQuestion(id: texts[0], question: texts[1], answer: texts[2])
        }
        let found =
            members[missing.0] == nil ? "is missing" : members[missing.0]?.text == nil ? "is not a text" : "is empty"
        refuse("\(missing.0) \(found)", form)
        return nil
    }
}
