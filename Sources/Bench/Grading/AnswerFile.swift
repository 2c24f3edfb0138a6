public import Core
import Foundation

/// Answers that were made elsewhere, one JSON object a line: `{"id": …, "text": …}`, with `answer` and `options` if they
/// bring their own.
public struct AnswerFile: Sendable {
    private static let largest = 256 << 20

    /// An answer and the question it is graded by.
    public struct Item: Sendable {
        public var question: GradedQuestion
        public var text: String
    }

    public let items: [Item]

    /// - Parameter questions: of the suite, for answers that do not bring their own.
    /// - Throws: a `Fault` that names the file and the line.
    public init(path: String, questions: [GradedQuestion]) throws {
        guard let data = FileManager.default.contents(atPath: path), data.count <= Self.largest else {
            throw Fault(.unreadableFile, path, "cannot be read, or is larger than \(Self.largest >> 20) MiB")
        }
        let known = Dictionary(questions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var items: [Item] = []
        for (index, bytes) in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            guard bytes.contains(where: { $0 > UInt8(ascii: " ") }) else { continue }
            let place = "\(path):\(index + 1)"
            guard let value = try? JSONReader.read([UInt8](bytes)), let text = value["text"]?.text else {
                throw Fault(.unreadableFile, place, "is no answer", expected: #"Expected {"id": "…", "text": "…"}"#)
            }
            let id = value["id"]?.text ?? value["id"]?.whole.map(String.init) ?? String(index + 1)
            if let answer = value["answer"]?.text {
                let options = value["options"]?.elements?.compactMap(\.text) ?? []
                let extras = options.isEmpty ? nil : QuestionExtras(options: options)
                items.append(
                    Item(question: GradedQuestion(id: id, question: "", answer: answer, extras: extras), text: text))
            } else if let question = known[id] {
                items.append(Item(question: question, text: text))
            } else {
                throw Fault(
                    .unreadableFile, place, "answers \(id), which is no question of the suite's file",
                    hint: "Give --data as for the answers, or write \"answer\": the known answer, beside it")
            }
        }
        self.items = items
    }
}

/// What the grader says of an answer that was made elsewhere. The field names are stable in JSON (snake_case).
public struct AnswerJudgement: Sendable, Codable {
    public var id: String
    public var strict: String?
    public var flexible: String?
    public var strictlyRight: Bool
    public var flexiblyRight: Bool
    public var column: String
    public var remark: String?
}

/// Grades answers that were made elsewhere.
public struct AnswerFileGrader: Sendable {
    private let grader: SuiteGrader

    /// - Parameter programs: runs answers that are programs; nil if nobody can.
    public init(suite: Suite, programs: (any ProgramRunner)?) throws {
        grader = try SuiteGrader(suite: suite, programs: programs)
    }

    public func judge(_ item: AnswerFile.Item) async throws -> AnswerJudgement {
        let nobody = Verdict(method: "none", expert: nil, ballots: [], agreement: 0)
        let grade = try await grader.grade(item.question, .init(text: item.text, verdict: nobody))
        return AnswerJudgement(
            id: item.question.id, strict: grade.strict, flexible: grade.flexible,
            strictlyRight: grade.isStrictlyRight, flexiblyRight: grade.isFlexiblyRight, column: grade.column.rawValue,
            remark: grade.remark)
    }
}
