/// What running models in this process has cost so far.
public struct LocalModelStatistics: Sendable, Hashable {
    /// How often a model was loaded, failed tries included.
    public var loads = 0
    /// Seconds that loading took in all.
    public var loadSeconds = 0.0
    /// How often a model was put away to make room for another.
    public var putAways = 0

    public init() {}
}
