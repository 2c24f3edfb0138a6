/// How much memory the weight experts of a model in this process may use: `engine.expert_cache` of `config.yaml`.
public struct ExpertCacheSettings: Sendable, Hashable {
    /// Which weight expert goes when room is needed.
    public enum Policy: String, CaseIterable, Sendable, Hashable {
        /// The one whose last use is longest ago.
        case leastRecent = "least_recent"
        /// The one that served least often of late.
        case leastFrequent = "least_frequent"
    }

    public var policy: Policy

    /// Most bytes of each model's weight experts in memory; the others are read from its file when they are needed.
    public var bytes: Int

    public init(policy: Policy = .leastRecent, bytes: Int) {
        self.policy = policy
        self.bytes = bytes
    }
}
