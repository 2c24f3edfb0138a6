public import Core

/// Everything that can be said about a configuration and its skills without asking anybody.
public struct SettingsCheck: Sendable {
    public let settings: Settings
    public let skills: [Skill]
    /// The file's, the skills', and what only both together show.
    public let problems: [SettingsProblem]

    /// - Parameter folder: where the skills lie; the file's own setting if nil.
    public init(file: SettingsFile, name: String, folder: String? = nil) {
        let shelf = SkillShelf(folder: folder ?? file.settings.skills.folder)
        settings = file.settings
        skills = shelf.skills
        problems = file.problems + shelf.problems + Self.crossProblems(file.settings, shelf.skills, name)
    }

    /// One line each, for people.
    public var summary: [String] {
        let questions = skills.reduce(0) { $0 + $1.questions.count }
        let categories = Set(skills.map(\.category)).count
        return [
            "\(settings.experts.count) experts: " + settings.experts.map(\.card.id.rawValue).joined(separator: ", "),
            "\(settings.routes.count) routes: " + settings.routes.map(\.name.rawValue).joined(separator: ", "),
            "\(skills.count) skills in \(categories) categories, \(questions) graded questions, "
                + "\(skills.count { $0.questions.isEmpty }) skills without questions",
        ]
    }

    private static func crossProblems(_ settings: Settings, _ skills: [Skill], _ name: String) -> [SettingsProblem] {
        var problems: [SettingsProblem] = []
        if settings.experts.isEmpty {
            problems.append(
                SettingsProblem(
                    file: name, path: "experts", found: "there are no experts, so nobody can answer",
                    fix: "Add one here, or with muster expert add", severity: .warning))
        }
        let known = Set(skills.map(\.name.rawValue) + skills.map(\.category) + ["*"])
        for spec in settings.experts {
            for stranger in (spec.script?.knows.keys.sorted() ?? []) where !known.contains(stranger) {
                let meant = NearestName.of(stranger, among: known).map { "Did you mean \($0)?" }
                problems.append(
                    SettingsProblem(
                        file: name, path: "experts.\(spec.card.id).script.knows",
                        found: "there is no skill or category \(stranger)", fix: meant ?? "muster skill list shows all",
                        severity: .warning))
            }
        }
        return problems
    }
}
