import Core

/// Symbolic-MoE as released: seats are drawn by competency in the question's skills times general strength.
///
/// Source: arXiv:2503.05641, released code: each mention of a skill counts +1 for a right answer and −1 for a wrong one,
/// strength is raised to 1/0.5 and shared, the draw is linear and with replacement; a question without skills draws
/// uniformly. `SuitabilityScore` has the formulas. Skills are taken as they stand in the question: mapping unseen keywords
/// onto known ones happens before.
public struct SkillProfile: RouterLearner {
    public let name = "skill"

    public init() {}

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        try evidence.requireQuestions(for: name)
        return DrawnSkillProfile(evidence, normaliser: .powerGammaLinear)
    }
}
