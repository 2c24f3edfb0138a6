import Core

/// Symbolic-MoE as its reviewers restate it: seats are drawn from a softmax of competency times strength at 0.5.
///
/// Source: the reviews of arXiv:2503.05641. All but the normaliser is as in `SkillProfile`.
public struct RestatedSkillProfile: RouterLearner {
    public let name = "skill-restated"

    public init() {}

    public func learn(from evidence: Evidence, seed: UInt64) throws -> any LearnedRouter {
        try evidence.requireQuestions(for: name)
        return DrawnSkillProfile(evidence, normaliser: .softmax)
    }
}
