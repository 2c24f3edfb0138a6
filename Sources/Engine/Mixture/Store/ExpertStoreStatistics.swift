/// What keeping only part of a model's weight experts in memory has cost so far.
public struct ExpertStoreStatistics: Equatable, Sendable {
    /// Experts that a pass needed and that were in memory, or already on their way.
    public internal(set) var hits = 0

    /// Experts that a pass needed and that had to be read while it waited.
    public internal(set) var misses = 0

    /// Experts that made room for others.
    public internal(set) var evictions = 0

    /// Experts that were read before a pass needed them, because a predictor asked.
    public internal(set) var prefetched = 0

    /// Experts that the file did not give; they were used through its mapping instead.
    public internal(set) var failedReads = 0

    /// Bytes read from the file.
    public internal(set) var bytesRead = 0

    /// Time that passes waited for experts, seconds.
    public internal(set) var secondsWaited = 0.0

    /// Most bytes of experts that were in memory at once.
    public internal(set) var peakBytes = 0

    /// Hits as a share of what was needed; 1 when nothing was.
    public var hitRate: Double { hits + misses == 0 ? 1 : Double(hits) / Double(hits + misses) }

    init() {}
}
