/// How models run in this process: the section `engine:` of `config.yaml`, checked.
public struct LocalEngineSettings: Sendable, Hashable {
    /// Threads that compute, shared by all models; nil for one on each core.
    public var threads: Int?
    /// Bytes that the models held ready may take together, weights and caches; nil for no limit.
    public var memory: Int?
    /// How many answers a model makes at once; further questions wait.
    public var answers: Int
    /// Tokens that question and answer may have together where an expert does not say. A model that was made for fewer
    /// has fewer.
    public var context: Int
    /// What the weight experts of each model may use; nil for as much as the system has room for.
    public var expertCache: ExpertCacheSettings?

    public init(
        threads: Int? = nil, memory: Int? = nil, answers: Int = 4, context: Int = 8_192,
        expertCache: ExpertCacheSettings? = nil
    ) {
        self.threads = threads
        self.memory = memory
        self.answers = answers
        self.context = context
        self.expertCache = expertCache
    }
}
