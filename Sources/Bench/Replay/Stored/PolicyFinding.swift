/// What recorded traces say about one way of routing.
public struct PolicyFinding: Sendable, Codable {
    /// An expert that the log could not have seated where the policy would.
    public struct Stranger: Sendable, Hashable, Codable {
        public var expert: String
        /// In how many decisions.
        public var decisions: Int

        package init(expert: String, decisions: Int) {
            self.expert = expert
            self.decisions = decisions
        }
    }

    /// As typed.
    public var policy: String
    public var strategy: String
    /// Judged decisions that were looked at.
    public var decisions: Int
    /// Those of them that the estimates speak of: the log could have done there what the policy would.
    public var covered: Int
    /// Those in which the log recruited another number of experts.
    public var otherSeats: Int
    /// Those in which the policy would have recruited nobody.
    public var undecided: Int
    /// Most often first.
    public var strangers: [Stranger]
    /// Mean over the covered decisions of what the policy does there that the log could not: estimates may be off by so
    /// much at most.
    public var uncoveredShare: Double
    /// Nil where no decision is covered.
    public var estimate: OffPolicyEstimate?
    /// What to beware of, in words.
    public var warnings: [String]
}
