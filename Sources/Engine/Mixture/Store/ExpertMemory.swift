/// How a model keeps the weights of its experts.
public enum ExpertMemory: Sendable {
    /// Where the mapped file has them: the system keeps in memory what it has room for.
    case mapped

    /// In at most `bytes` of memory of our own, which must hold at least one expert. `policy` says what goes when room
    /// is needed, and `predictor` what to read ahead on a thread of its own.
    case budget(bytes: Int, policy: any EvictionPolicy, predictor: (any ExpertPredictor)? = nil)
}
