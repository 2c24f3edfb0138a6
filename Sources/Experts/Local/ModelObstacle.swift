/// Why a model cannot be run here.
enum ModelObstacle: Error, Hashable, Sendable {
    /// The file cannot be read; the text says why.
    case unreadable(String)
    /// The file is no model that the engine can run; the text says why.
    case unfit(String)
    /// It would take more memory than all models may; bytes of weights and caches, and the limit.
    case tooLarge(needed: Int, limit: Int)
    /// What its weight experts may use has no room for a single one, bytes.
    case expertCache(found: Int, smallest: Int)
    /// The system gives no threads to compute on.
    case threads(Int)
}
