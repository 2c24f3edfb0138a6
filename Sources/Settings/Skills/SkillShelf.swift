public import Core
import Foundation

/// Reads `Skills/`: one folder a skill.
public struct SkillShelf: Sendable {
    /// More folders are refused.
    static let most = 10_000
    /// A longer `SKILL.md` is refused, in bytes.
    static let longest = 256 << 10

    /// In name order.
    public let skills: [Skill]
    public let problems: [SettingsProblem]

    /// No skills.
    init() { (skills, problems) = ([], []) }

    /// Reads every skill in a folder; files and hidden folders in it are passed over.
    public init(folder: String) {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder), names.count <= Self.most else {
            let isThere = FileManager.default.fileExists(atPath: folder)
            skills = []
            problems = [
                SettingsProblem(
                    file: folder, path: "skills.folder",
                    found: isThere
                        ? "this is no folder, or it holds more than \(Self.most) entries" : "there is no such folder",
                    fix: "Make it, with one folder a skill, or name another one under skills: folder:")
            ]
            return
        }
        var skills: [(file: String, skill: Skill)] = []
        var problems: [SettingsProblem] = []
        for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) where !name.hasPrefix(".") {
            let path = "\(folder)/\(name)"
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
                continue
            }
            let (skill, found) = Self.read(path, name: name)
            if let skill { skills.append(("\(path)/SKILL.md", skill)) }
            problems += found
        }
        self.problems = problems + SkillRelations(skills).problems
        self.skills = skills.map(\.skill)
    }

    private static func read(_ path: String, name: String) -> (Skill?, [SettingsProblem]) {
        let list = ProblemList(file: "\(path)/SKILL.md")
        guard let text = text(list.file, upTo: longest, list) else { return (nil, list.problems) }
        let file = SkillFile(text: text, folder: name, name: list.file)
        guard var skill = file.skill else { return (nil, file.problems) }
        let questions = ProblemList(file: "\(path)/questions.jsonl")
        guard FileManager.default.fileExists(atPath: questions.file) else { return (skill, file.problems) }
        var problems = file.problems
        if skill.grader == nil, !problems.contains(where: { $0.path == "metadata.grader" }) {
            problems.append(
                SettingsProblem(
                    file: list.file, line: 1, column: 1, path: "metadata.grader",
                    found: "the skill has questions but no grader", fix: "Write grader: choice, number, exact or judge")
            )
        }
        if let text = Self.text(questions.file, upTo: QuestionFile.largest, questions) {
            let file = QuestionFile(text: text, grader: skill.grader, name: questions.file)
            skill.questions = file.questions
            problems += file.problems
        }
        return (skill, problems + questions.problems)
    }

    private static func text(_ path: String, upTo limit: Int, _ list: ProblemList) -> String? {
        let refuse = { (found: String, fix: String) in
            list.add(SettingsProblem(file: path, path: "", found: found, fix: fix))
        }
        guard FileBytes.isPlainFile(path), case let read = FileBytes.read(path, upTo: limit) else {
            refuse(
                "there is no such file", "Every skill's folder holds a SKILL.md; Skills/README.md says what is in it")
            return nil
        }
        switch read {
        case .bytes(let bytes):
            if let text = String(validating: bytes, as: UTF8.self) { return text }
            refuse("the file is not UTF-8 text", "Save it as UTF-8")
        case .tooLarge: refuse("the file is larger than \(limit >> 10) KiB", "Split the skill")
        case .absent: refuse("the file cannot be read", "Look at its permissions")
        }
        return nil
    }
}
