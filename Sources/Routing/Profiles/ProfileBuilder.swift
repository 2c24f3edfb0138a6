public import Core

/// Makes profiles from graded answers: +1 for right, −1 for wrong, skill by skill.
///
/// Source: Symbolic-MoE, arXiv:2503.05641, step "model profile". We differ: counts of right and wrong are kept apart (the
/// paper's number is their difference), a skill also takes half of the marks of the skills it includes, and marks from an
/// older version of a skill's questions are left out.
public struct ProfileBuilder: Sendable {
    /// The weight of an included skill's mark.
    public static let includedWeight = 0.5

    private let versions: [SkillName: String]
    /// Which skills include a given one.
    private let including: [SkillName: [SkillName]]

    public init(skills: [Skill]) {
        versions = Dictionary(skills.map { ($0.name, $0.version) }, uniquingKeysWith: { first, _ in first })
        including = skills.reduce(into: [:]) { table, skill in
            for narrower in skill.includes { table[narrower, default: []].append(skill.name) }
        }
    }

    /// The profiles that the marks give. Skills that no folder describes (raw keywords) are kept as they are.
    ///
    /// - Parameters:
    ///   - judged: answers that people have judged; they count half (`JudgedEvidence`).
    ///   - shadows: answers of second experts; they count a quarter at most (`ShadowEvidence`).
    public func build(
        from marks: [Mark], judged: [JudgedTrace] = [], shadows: [ShadowAnswer] = []
    ) -> ProfileBook {
        var profiles: [ExpertID: Profile] = [:]
        for mark in marks where versions[mark.skill].map({ $0 == mark.skillVersion }) ?? true {
            var profile = profiles[mark.expert] ?? Profile(expert: mark.expert)
            profile.add(mark.skill, right: mark.isRight)
            for wider in including[mark.skill] ?? [] {
                profile.add(wider, right: mark.isRight, weight: Self.includedWeight)
            }
            profiles[mark.expert] = profile
        }
        for evidence in judged.map(JudgedEvidence.init) {
            for expert in evidence.experts {
                var profile = profiles[expert] ?? Profile(expert: expert)
                for skill in evidence.skills {
                    add(right: evidence.right, wrong: evidence.wrong, of: skill, to: &profile)
                }
                profiles[expert] = profile
            }
        }
        for evidence in shadows.map(ShadowEvidence.init) where evidence.right + evidence.wrong > 0 {
            let expert = evidence.shadow.expert
            var profile = profiles[expert] ?? Profile(expert: expert)
            for skill in evidence.shadow.skills {
                add(right: evidence.right, wrong: evidence.wrong, of: skill, to: &profile)
            }
            profiles[expert] = profile
        }
        return ProfileBook(profiles.values.sorted { $0.expert < $1.expert })
    }

    private func add(right: Double, wrong: Double, of skill: SkillName, to profile: inout Profile) {
        for (name, share) in [(skill, 1)] + (including[skill] ?? []).map({ ($0, Self.includedWeight) }) {
            if right > 0 { profile.add(name, right: true, weight: right * share) }
            if wrong > 0 { profile.add(name, right: false, weight: wrong * share) }
        }
    }
}
