import Core
import Foundation
import Yams

/// Our part of `metadata` in a `SKILL.md`. The form wants texts only, so lists are texts with commas.
extension SkillFile {
    private enum Status: String, CaseIterable { case active, draft }

    static func readMetadata(_ setting: Setting?, into skill: inout Skill) {
        guard let group = SettingGroup(setting, .skillMetadata, strangers: .welcome) else { return }
        if let setting = group["category"], let category = setting.text() {
            if isSkillName(category) {
                skill.category = category
            } else {
                setting.refuse(
                    "\(category.quoted) is not a category's name",
                    fix: "Use lower-case words joined by hyphens, such as mathematics")
            }
        }
        skill.keywords = group["keywords"]?.commaSeparated() ?? []
        skill.includes = names(group["includes"])
        skill.grader = group["grader"]?.choice(GraderKind.self, "grader")
        skill.version = group["version"]?.word() ?? skill.version
        skill.isActive = group["status"]?.choice(Status.self, "status") != .draft
        if let version = group["version"], case .scalar(let scalar) = version.node, scalar.style == .plain {
            version.warn(
                "the form wants texts here", fix: "Write it in quotes: version: \"\(scalar.string.asPathPart)\"")
        }
    }

    private static func names(_ setting: Setting?) -> [SkillName] {
        (setting?.commaSeparated() ?? []).compactMap { name in
            if isSkillName(name) { return SkillName(name) }
            setting?.refuse("\(name.quoted) is not a skill's name", fix: "Name skills as their folders are named")
            return nil
        }
    }
}

extension Setting {
    /// More entries are refused.
    private static let mostEntries = 1_000

    /// A list in one text, as `metadata` wants it.
    fileprivate func commaSeparated() -> [String] {
        if case .sequence = node {
            refuse("metadata holds texts only", fix: "Write the list as one text: \"first, second\"")
            return []
        }
        let entries = (text() ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
            .filter { !$0.isEmpty }
        if entries.count > Self.mostEntries {
            refuse("there are \(entries.count) entries", fix: "At most \(Self.mostEntries) are read")
        }
        return Array(entries.prefix(Self.mostEntries))
    }
}
