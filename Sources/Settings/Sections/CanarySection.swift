public import Core

/// `canaries:`, the questions that are asked again and again to notice when an expert gets worse.
public struct CanarySettings: Sendable, Hashable {
    /// From one round to the next, for each expert and skill.
    public var every = Duration.seconds(6 * 3_600)
    /// Asked in a round.
    public var questions = 10
    /// Answers that say how an expert began.
    public var baseline = 30
    /// Only these skills; empty for all that have questions.
    public var skills: [SkillName] = []
    /// Only these experts; empty for all.
    public var experts: [ExpertID] = []
    /// A file of questions in place of the skills' own; nil for none.
    public var file: String?

    public init() {}
}

extension CanarySettings {
    /// `canaries:`; nil if it is left out: nobody is asked.
    init?(_ setting: Setting?, experts known: ExpertNames) {
        guard let group = SettingGroup(setting, .canaries) else { return nil }
        self.init()
        every = group["every"]?.duration() ?? every
        // Of fewer answers no interval is narrow enough to fall out of.
        questions = group["questions"]?.whole(5...1_000) ?? questions
        baseline = group["baseline"]?.whole(10...10_000) ?? baseline
        skills = group["skills"]?.list().compactMap { $0.word().map { SkillName($0) } } ?? []
        experts = group["experts"]?.list().compactMap(known.expert) ?? []
        file = group["file"]?.word()
    }
}
