import Core
import Foundation
import Yams

/// Reads one `SKILL.md`: front matter between two lines of `---`, then Markdown, in the open Agent Skills form.
struct SkillFile {
    /// The form allows these and no others at the top; our own settings lie in `metadata`, as texts.
    static let known = ["name", "description", "license", "compatibility", "metadata", "allowed-tools"]
    static let knownMetadata = ["category", "keywords", "includes", "grader", "version", "status"]
    /// A longer description is refused, in characters (the form's own bound).
    static let longestDescription = 1_024

    /// Nil if the file cannot be used at all.
    let skill: Skill?

    init(text: String, folder: String, problems: ProblemList) {
        guard let (head, body) = Self.split(text) else {
            problems.add(
                SettingsProblem(
                    file: problems.file, line: 1, column: 1, path: "", found: "the front matter is missing",
                    fix: "Begin with a line of ---, then name: \(folder) and description: …, then another line of ---"))
            skill = nil
            return
        }
        // An empty first line stands for the opening ---, so that lines are counted as in the file.
        guard let node = YAMLText.parse("\n" + head, problems: problems) else {
            skill = nil
            return
        }
        let root = Setting(node: node, path: "", problems: problems, environment: [:])
        guard let group = SettingGroup(root, known: Self.known) else {
            skill = nil
            return
        }
        skill = Self.read(group, root, body: body, folder: folder)
    }

    private static func read(_ group: SettingGroup, _ root: Setting, body: String, folder: String) -> Skill? {
        guard let name = group["name"]?.text() else {
            group.refuseMissing("name", fix: "Write name: \(folder)")
            return nil
        }
        if name != folder { group["name"]?.refuse("the name is \(name), the folder is \(folder)", fix: "Make them equal") }
        if !isSkillName(name) {
            group["name"]?.refuse("\"\(name)\" is not a skill's name", fix: "Use lower-case words joined by hyphens")
        }
        let description = group["description"]?.text() ?? ""
        if description.isEmpty {
            group.refuseMissing("description", fix: "Say what the skill covers and when it is needed")
        } else if description.count > longestDescription {
            group["description"]?.refuse("the description is longer than \(longestDescription) characters")
        }
        var skill = Skill(
            name: SkillName(name), description: description, instructions: section("Instructions", of: body))
        if let setting = group["metadata"], let metadata = SettingGroup(setting, known: knownMetadata) {
            skill.category = metadata["category"]?.text() ?? skill.category
            skill.keywords = metadata["keywords"]?.commaSeparated() ?? []
            skill.includes = metadata["includes"]?.commaSeparated().map { SkillName($0) } ?? []
            skill.grader = metadata["grader"]?.choice(GraderKind.self)
            skill.version = metadata["version"]?.text() ?? skill.version
            skill.isActive = metadata["status"]?.choice(Status.self) != .draft
        }
        return skill
    }

    private enum Status: String, CaseIterable { case active, draft }

    /// Head and body; nil if there is no front matter.
    private static func split(_ text: String) -> (head: String, body: String)? {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.last == "\r" ? line.dropLast() : line
        }
        guard lines.first.map({ isRule($0) }) == true else { return nil }
        lines.removeFirst()
        guard let end = lines.firstIndex(where: isRule) else { return nil }
        return (lines[..<end].joined(separator: "\n"), lines[(end + 1)...].joined(separator: "\n"))
    }

    private static func isRule(_ line: Substring) -> Bool {
        line.hasPrefix("---") && line.dropFirst(3).allSatisfy(\.isWhitespace)
    }

    /// The text under a heading of the second level.
    private static func section(_ title: String, of body: String) -> String {
        var isInside = false
        var kept: [Substring] = []
        for line in body.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("## ") || line.hasPrefix("# ") {
                isInside = line.dropFirst(3).trimmingPrefix(while: \.isWhitespace).lowercased() == title.lowercased()
            } else if isInside {
                kept.append(line)
            }
        }
        return kept.joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func isSkillName(_ text: String) -> Bool {
        NamedSettings.isName(text) && !text.contains(".") && !text.contains("_") && !text.hasPrefix("-")
            && !text.hasSuffix("-") && !text.contains("--")
    }
}

extension Setting {
    /// A list in one text, as `metadata` wants it.
    fileprivate func commaSeparated() -> [String] {
        if case .sequence = node {
            refuse("metadata holds texts only", fix: "Write the list as one text: \"matrix, rank\"")
            return []
        }
        return (text() ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }
}
