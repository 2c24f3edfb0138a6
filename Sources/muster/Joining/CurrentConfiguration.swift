import Core
import Pipeline
import Synchronization

/// What is configured now, for those who only look: counters, exports, the admin API.
final class CurrentConfiguration: Sendable {
    private let configured = Mutex<Configured?>(nil)

    func replace(by configured: Configured) { self.configured.withLock { $0 = configured } }

    /// Nil only while the program is being joined.
    var now: Configured? { configured.withLock { $0 } }

    /// What is known of an expert before it is asked.
    func card(of expert: ExpertID) -> ExpertCard? { configured.withLock { $0?.directory[expert] }?.card }
}
