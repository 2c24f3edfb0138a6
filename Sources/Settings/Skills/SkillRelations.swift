import Core

/// What no single skill's file can know: whether included skills exist, and none includes itself in a circle.
struct SkillRelations {
    let problems: [SettingsProblem]

    /// - Parameter skills: each with the file that it was read from.
    init(_ skills: [(file: String, skill: Skill)]) {
        let byName = Dictionary(skills.map { ($0.skill.name, $0.skill) }, uniquingKeysWith: { first, _ in first })
        problems = skills.flatMap { file, skill -> [SettingsProblem] in
            var problems = skill.includes.filter { byName[$0] == nil }.map { missing in
                let meant = Setting.meant(missing.rawValue, among: byName.keys.map(\.rawValue).sorted())
                return SettingsProblem(
                    file: file, path: "metadata.includes", found: "there is no skill \(missing)",
                    fix: meant.isEmpty ? "muster skill list shows all" : meant)
            }
            if Self.reaches(skill.name, from: skill.includes, byName) {
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
