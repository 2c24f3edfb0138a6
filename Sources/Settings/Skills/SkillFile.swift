public import Core
import Foundation
import Yams

/// Reads one `SKILL.md`, in the open Agent Skills form. Our own settings lie in its `metadata`, as texts.
public struct SkillFile: Sendable {
    /// A longer description is refused, in characters (the form's own bound).
    static let longestDescription = 1_024
    /// A longer list of compatible programs is refused, in characters (the form's own bound).
    static let longestCompatibility = 500

    /// Nil if the file cannot be used at all. Its questions lie in another file.
    public let skill: Skill?
    public let problems: [SettingsProblem]

    /// - Parameters:
    ///   - folder: the name of the folder it lies in.
    ///   - name: what the file is called in problems.
    public init(text: String, folder: String, name: String) {
        let list = ProblemList(file: name)
        skill = Self.read(text, folder: folder, list)
        problems = list.problems
    }

    private static func read(_ text: String, folder: String, _ list: ProblemList) -> Skill? {
        let advice = "Begin with a line of ---, then name: \(folder) and description: …, then another line of ---"
        guard let parts = SkillText(text) else {
            list.add(
                SettingsProblem(
                    file: list.file, line: 1, column: 1, path: "", found: "the front matter is missing", fix: advice))
            return nil
        }
        guard let node = YAMLText.parse(parts.head, problems: list, ifEmpty: advice) else { return nil }
        let root = Setting(node: node, path: "", problems: list, environment: nil)
        guard let group = SettingGroup(root, .skillFile) else {
            if root.isEmpty { root.refuse("the front matter is empty", fix: advice) }
            return nil
        }
        guard let name = name(group, folder: folder) else { return nil }
        var skill = Skill(
            name: SkillName(name), description: description(group), instructions: parts.section("Instructions"))
        for other in ["license", "allowed-tools"] { _ = group[other]?.text() }
        if let setting = group["compatibility"], let text = setting.text(), text.count > longestCompatibility {
            setting.refuse("the text is \(text.count) characters long, the form allows \(longestCompatibility)")
        }
        readMetadata(group["metadata"], into: &skill)
        return skill
    }

    private static func name(_ group: SettingGroup, folder: String) -> String? {
        guard let setting = group["name"] else {
            group.refuseMissing("name", fix: "Write name: \(folder)")
            return nil
        }
        guard let name = setting.text() else { return nil }
        guard isSkillName(name) else {
            setting.refuse(
                "\(name.quoted) is not a skill's name",
                fix: "Use up to 64 lower-case letters and digits, joined by single hyphens")
            return nil
        }
        if name != folder {
            setting.refuse("the name is \(name), the folder is \(folder.quoted)", fix: "Make them equal")
        }
        return name
    }

    private static func description(_ group: SettingGroup) -> String {
        let advice = "Say what the skill covers and when it is needed; annotators read only this"
        guard let setting = group["description"] else {
            group.refuseMissing("description", fix: advice)
            return ""
        }
        let description = (setting.text() ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        if description.isEmpty { setting.refuse("the description says nothing", fix: advice) }
        if description.count > longestDescription {
            setting.refuse(
                "the description is \(description.count) characters long, the form allows \(longestDescription)",
                fix: "What experts must know belongs under ## Instructions")
        }
        return description
    }

    /// Lower-case letters, digits and single hyphens between them.
    static func isSkillName(_ text: String) -> Bool {
        NamedSettings.isName(text) && !text.contains(".") && !text.contains("_") && !text.hasPrefix("-")
            && !text.hasSuffix("-") && !text.contains("--")
    }
}
