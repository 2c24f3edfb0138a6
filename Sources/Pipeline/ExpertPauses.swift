public import Core
import Synchronization

/// Experts that somebody in charge wants left alone, until it is taken back or the program ends.
public final class ExpertPauses: Sendable {
    private let paused = Mutex<Set<ExpertID>>([])

    public init() {}

    public func contains(_ expert: ExpertID) -> Bool { paused.withLock { $0.contains(expert) } }

    public func set(_ expert: ExpertID, isPaused: Bool) {
        paused.withLock { paused in
            if isPaused { paused.insert(expert) } else { paused.remove(expert) }
        }
    }

    /// As traces say why it was not asked.
    static let reason = "it is paused by the administrator"
}
