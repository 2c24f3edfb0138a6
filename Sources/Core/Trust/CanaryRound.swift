/// How an expert did when it was asked a skill's canaries: a few questions with known answers, asked again and again to
/// notice when it gets worse.
public struct CanaryRound: Sendable, Hashable {
    public var expert: ExpertID
    public var skill: SkillName
    /// Stands for the model, its address and the questions: rounds of another identity are not compared with this one.
    public var identity: String
    public var result: WilsonShare
    public var at: Timestamp

    public init(expert: ExpertID, skill: SkillName, identity: String, result: WilsonShare, at: Timestamp) {
        self.expert = expert
        self.skill = skill
        self.identity = identity
        self.result = result
        self.at = at
    }
}

/// Keeps rounds of canaries.
public protocol CanaryStore: Sendable {
    func add(_ round: CanaryRound) async throws
    /// All rounds, oldest first.
    func canaryRounds() async throws -> [CanaryRound]
}
