public import Core

/// Which canaries are asked of whom: a few questions of each skill, always the same, so that only the expert can change
/// what comes of them.
public struct CanaryPlan: Sendable {
    /// One skill's canaries.
    struct Canaries: Sendable {
        var skill: Skill
        var questions: [SkillQuestion]
        /// Stands for what is asked.
        var print: String
    }

    /// By skill, in name order.
    let canaries: [Canaries]
    /// Who is asked, with what stands for its model.
    public let experts: [ExpertID]
    private let identities: [ExpertID: String]

    /// - Parameters:
    ///   - wanted: the skills that take part; empty for all with questions.
    ///   - own: questions in place of the skills'; where there are any, other skills take no part.
    ///   - count: the most questions of a skill, the first ones.
    ///   - asked: who is asked; empty for all of `specs`.
    public init(
        skills: [Skill], only wanted: [SkillName] = [], own: [SkillName: [GradedQuestion]] = [:], count: Int,
        specs: [ExpertSpec], asked: [ExpertID] = []
    ) {
        canaries = skills.sorted { $0.name < $1.name }.compactMap { skill in
            guard wanted.isEmpty || wanted.contains(skill.name) else { return nil }
            let written = own.isEmpty ? skill.questions : own[skill.name] ?? []
            let questions = written.prefix(count).compactMap { SkillQuestion($0, of: skill) }
            guard !questions.isEmpty else { return nil }
            var print = Fingerprint(of: skill.instructions)
            for question in questions { print.add(question.graded.question + "\n" + question.graded.answer) }
            return Canaries(skill: skill, questions: questions, print: print.hex)
        }
        let taking = specs.filter { asked.isEmpty || asked.contains($0.card.id) }
        experts = taking.map(\.card.id)
        identities = Dictionary(taking.map { ($0.card.id, $0.identity) }, uniquingKeysWith: { first, _ in first })
    }

    /// The skills that take part.
    public var skills: [SkillName] { canaries.map(\.skill.name) }

    /// Calls that one round of everything makes.
    public var calls: Int { experts.count * canaries.reduce(0) { $0 + $1.questions.count } }

    /// What rounds are compared under; nil for an expert or a skill that takes no part.
    public func identity(_ expert: ExpertID, _ skill: SkillName) -> String? {
        guard let identity = identities[expert], let canaries = canaries.first(where: { $0.skill.name == skill })
        else { return nil }
        return Fingerprint(of: identity, canaries.print).hex
    }
}
