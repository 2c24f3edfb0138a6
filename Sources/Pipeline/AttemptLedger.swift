import Core
import Synchronization

/// Gathers the attempts of calls that are made on the way to a decision, where nobody could hand them back: those of the
/// annotating expert.
final class AttemptLedger: Sendable {
    /// Where calls of this task are written down.
    @TaskLocal static var current: AttemptLedger?

    /// When the question arrived.
    let started: TimeSource.Instant
    private let written = Mutex<[Attempt]>([])

    init(started: TimeSource.Instant) { self.started = started }

    /// In the order in which they began.
    var attempts: [Attempt] {
        written.withLock { $0.sorted { ($0.startSeconds ?? 0) < ($1.startSeconds ?? 0) } }
    }

    func write(_ attempts: [Attempt]) { written.withLock { $0 += attempts } }
}
