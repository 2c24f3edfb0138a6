public import Core

/// Everything that can be said about a configuration and its skills without asking anybody.
public struct SettingsCheck: Sendable {
    public let settings: Settings
    /// In name order.
    public let skills: [Skill]
    /// The file's, the skills', and what only both together show.
    public let problems: [SettingsProblem]
    /// Of these, the ones that the skills' files have.
    public let skillProblems: [SettingsProblem]

    /// - Parameters:
    ///   - name: what the configuration is called in problems.
    ///   - folder: where the skills lie; the file's own setting if nil.
    ///   - canaries: where the file of canaries lies; the file's own setting if nil.
    public init(file: SettingsFile, name: String, folder: String? = nil, canaries: String? = nil) {
        self.init(
            file, name, SkillShelf(folder: folder ?? file.settings.skills.folder),
            canaries: canaries ?? file.settings.canaries?.file)
    }

    /// A check of a configuration that has no skills.
    public init(withoutSkills file: SettingsFile, name: String) {
        self.init(file, name, SkillShelf())
    }

    private init(_ file: SettingsFile, _ name: String, _ shelf: SkillShelf, canaries path: String? = nil) {
        skills = shelf.skills
        let canaries = path.map { CanaryFile(path: $0, skills: shelf.skills) }
        var settings = file.settings
        settings.canaryQuestions = canaries?.questions ?? [:]
        self.settings = settings
        // A file that could not be read has no experts for a reason that was told already.
        let others = file.problems.areOnlyWarnings ? Self.crossProblems(file, shelf.skills, name) : []
        skillProblems = shelf.problems
        problems = file.problems + shelf.problems + others + (canaries?.problems ?? [])
    }

    /// One line each, for people.
    public var summary: [String] {
        let questions = skills.reduce(0) { $0 + $1.questions.count }
        let categories = Set(skills.map(\.category)).count
        return [
            Self.counted(settings.experts.count, "expert") + Self.listed(settings.experts.map(\.card.id.rawValue)),
            Self.counted(settings.routes.count, "route") + Self.listed(settings.routes.map(\.name.rawValue)),
            "\(Self.counted(skills.count, "skill")) in \(categories) \(categories == 1 ? "category" : "categories"), "
                + "\(Self.counted(questions, "graded question")), "
                + "\(Self.counted(skills.count { $0.questions.isEmpty }, "skill")) without questions",
        ]
    }

    private static func counted(_ count: Int, _ what: String) -> String { "\(count) \(what)\(count == 1 ? "" : "s")" }

    private static func listed(_ names: [String]) -> String {
        names.isEmpty ? "" : ": " + names.joined(separator: ", ")
    }

    private static func crossProblems(_ file: SettingsFile, _ skills: [Skill], _ name: String) -> [SettingsProblem] {
        var problems: [SettingsProblem] = []
        let warn = { (path: String, found: String, fix: String) in
            let place = file.places[path]
            problems.append(
                SettingsProblem(
                    file: name, line: place?.line ?? 0, column: place?.column ?? 0, path: path, found: found, fix: fix,
                    severity: .warning))
        }
        if file.settings.experts.isEmpty {
            warn("experts", "there are no experts, so nobody can answer", "Add one here, or with muster expert add")
        }
        let known = Set(skills.map(\.name.rawValue) + skills.map(\.category) + ["*"]).sorted()
        let asked = skills.filter { $0.isActive && $0.grader != nil && $0.grader != .judge }.map(\.name.rawValue)
        for (index, skill) in (file.settings.canaries?.skills ?? []).enumerated()
        where !asked.contains(skill.rawValue) {
            let meant = Setting.meant(skill.rawValue, among: asked)
            warn(
                "canaries.skills[\(index)]", "there is no active skill \(skill) with a grader that needs no judge",
                meant.isEmpty ? "muster skill list shows all" : meant)
        }
        for spec in file.settings.experts {
            for stranger in (spec.script?.knows.keys.sorted() ?? []) where !known.contains(stranger) {
                let meant = Setting.meant(stranger, among: known)
                warn(
                    "experts.\(spec.card.id).script.knows.\(stranger)", "there is no skill or category \(stranger)",
                    meant.isEmpty ? "muster skill list shows all" : meant)
            }
        }
        return problems
    }
}
