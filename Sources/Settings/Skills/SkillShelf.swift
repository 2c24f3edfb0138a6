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

    /// Reads every skill in a folder.
    public init(folder: String) {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            skills = []
            problems = [
                SettingsProblem(
                    file: folder, path: "skills.folder", found: "there is no such folder",
                    fix: "Make it, with one folder a skill, or name another one in the configuration")
            ]
            return
        }
        var skills: [Skill] = []
        var problems: [SettingsProblem] = []
        for name in names.sorted().prefix(Self.most) where !name.hasPrefix(".") {
            let path = "\(folder)/\(name)"
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else { continue }
            let (skill, found) = Self.read(path, name: name)
            if let skill { skills.append(skill) }
            problems += found
        }
        problems += Self.crossProblems(skills, folder: folder)
        self.skills = skills
        self.problems = problems
    }

    private static func read(_ path: String, name: String) -> (Skill?, [SettingsProblem]) {
        let list = ProblemList(file: "\(path)/SKILL.md")
        guard let data = read(list.file, upTo: longest, list), let text = String(validating: data, as: UTF8.self) else {
            if list.problems.isEmpty {
                list.add(SettingsProblem(file: list.file, path: "", found: "the file is not UTF-8 text"))
            }
            return (nil, list.problems)
        }
        guard var skill = SkillFile(text: text, folder: name, problems: list).skill else { return (nil, list.problems) }
        let questions = ProblemList(file: "\(path)/questions.jsonl")
        if FileManager.default.fileExists(atPath: questions.file) {
            if let data = read(questions.file, upTo: QuestionFile.largest, questions) {
                skill.questions = QuestionFile(data: data, grader: skill.grader, problems: questions).questions
            }
            if skill.grader == nil {
                list.add(
                    SettingsProblem(
                        file: list.file, line: 1, column: 1, path: "metadata.grader",
                        found: "the skill has questions but no grader", fix: "Write grader: choice, number, exact or judge"))
            }
        }
        return (skill, list.problems + questions.problems)
    }

    private static func read(_ path: String, upTo limit: Int, _ list: ProblemList) -> Data? {
        guard let handle = FileHandle(forReadingAtPath: path), let data = try? handle.read(upToCount: limit + 1) else {
            list.add(SettingsProblem(file: path, path: "", found: "there is no such file, or it cannot be read", fix: "Every skill's folder holds a SKILL.md"))
            return nil
        }
        guard data.count <= limit else {
            list.add(SettingsProblem(file: path, path: "", found: "the file is larger than \(limit >> 10) KiB"))
            return nil
        }
        return data
    }

    /// What no single file can know: whether included skills exist, and none includes itself in a circle.
    private static func crossProblems(_ skills: [Skill], folder: String) -> [SettingsProblem] {
        let byName = Dictionary(skills.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return skills.flatMap { skill -> [SettingsProblem] in
            let file = "\(folder)/\(skill.name)/SKILL.md"
            var problems = skill.includes.filter { byName[$0] == nil }.map { missing in
                let meant = NearestName.of(missing.rawValue, among: byName.keys.map(\.rawValue))
                return SettingsProblem(
                    file: file, path: "metadata.includes", found: "there is no skill \(missing)",
                    fix: meant.map { "Did you mean \($0)?" } ?? "muster skill list shows all")
            }
            if reaches(skill.name, from: skill.includes, byName) {
                problems.append(
                    SettingsProblem(
                        file: file, path: "metadata.includes", found: "the skill includes itself in a circle",
                        fix: "Include narrower skills only"))
            }
            if skill.questions.isEmpty, skill.isActive {
                problems.append(
                    SettingsProblem(
                        file: file, path: "", found: "the skill has no graded questions",
                        fix: "Add questions.jsonl, or nothing can be known about who has it", severity: .warning))
            }
            return problems
        }
    }

    private static func reaches(_ goal: SkillName, from start: [SkillName], _ skills: [SkillName: Skill]) -> Bool {
        var open = start
        var seen: Set<SkillName> = []
        while let next = open.popLast() {
            if next == goal { return true }
            if seen.insert(next).inserted { open += skills[next]?.includes ?? [] }
        }
        return false
    }
}
