public import Core
import Foundation

/// Reads a file of canaries, one graded question a line with the skill that it tries:
/// `{"skill": …, "id": …, "question": …, "answer": …}`.
public struct CanaryFile: Sendable {
    /// Those that could be read, by skill, in the order of the file.
    public let questions: [SkillName: [GradedQuestion]]
    public let problems: [SettingsProblem]

    private static let form = #"Write {"skill": "…", "id": "…", "question": "…", "answer": "…"}, all four as texts"#

    /// A larger file is refused, in bytes.
    private static let largest = 4 << 20

    public init(path: String, skills: [Skill]) {
        let unreadable: String
        switch FileBytes.read(path, upTo: Self.largest) {
        case .bytes(let bytes):
            if let text = String(validating: bytes, as: UTF8.self) {
                self.init(text: text, skills: skills, name: path)
                return
            }
            unreadable = "the file is not UTF-8 text"
        case .absent: unreadable = "there is no such file, or it cannot be read"
        case .tooLarge: unreadable = "the file is larger than \(Self.largest >> 20) MiB"
        }
        self.init(
            [:], [SettingsProblem(file: path, path: "", found: unreadable, fix: "canaries.file names it")])
    }

    private init(_ questions: [SkillName: [GradedQuestion]], _ problems: [SettingsProblem]) {
        self.questions = questions
        self.problems = problems
    }

    /// - Parameters:
    ///   - skills: those that there are; their graders read the answers.
    ///   - name: what the file is called in problems.
    public init(text: String, skills: [Skill], name: String) {
        let list = ProblemList(file: name)
        let known = Dictionary(skills.map { ($0.name.rawValue, $0) }, uniquingKeysWith: { first, _ in first })
        var rows: [String: [(line: Int, text: String)]] = [:]
        for (index, row) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .enumerated()
        {
            guard row.contains(where: { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 }) else { continue }
            let refuse = { (found: String, fix: String) in
                list.add(SettingsProblem(file: name, line: index + 1, column: 1, path: "", found: found, fix: fix))
            }
            guard var members = (try? JSONReader.read(Array(row)))?.members else {
                refuse("the line is not a JSON object", Self.form)
                continue
            }
            guard let skill = members.removeValue(forKey: "skill")?.text else {
                refuse("skill is missing or not a text", Self.form)
                continue
            }
            guard known[skill] != nil else {
                let meant = Setting.meant(skill, among: known.keys.sorted())
                refuse("there is no skill \(skill.quoted)", meant.isEmpty ? "muster skill list shows all" : meant)
                continue
            }
            rows[skill, default: []].append((index + 1, JSONText.of(.object(members))))
        }
        var questions: [SkillName: [GradedQuestion]] = [:]
        for (skill, lines) in rows.sorted(by: { $0.key < $1.key }) {
            let file = QuestionFile(
                text: lines.map(\.text).joined(separator: "\n"), grader: known[skill]?.grader, name: name)
            questions[SkillName(skill)] = file.questions
            for var problem in file.problems {
                // Lines of the file that they were taken from.
                if (1...lines.count).contains(problem.line) { problem.line = lines[problem.line - 1].line }
                list.add(problem)
            }
        }
        self.questions = questions
        problems = list.problems
    }
}
