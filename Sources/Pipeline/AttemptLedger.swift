import Core
import Synchronization

/// What calls on the way to a decision share, those of the annotating expert: the question's budget and its further tries,
/// and where the attempts are written down, since nobody could hand them back.
final class AttemptLedger: Sendable {
    /// Of the question that this task decides.
    @TaskLocal static var current: AttemptLedger?

    /// When the question arrived.
    let started: TimeSource.Instant
    let meter: BudgetMeter
    private let written = Mutex<[Attempt]>([])
    private let shared: Mutex<RetryBudget?>

    /// - Parameter retries: of the whole question; nil for as many as the expert that is asked allows.
    init(started: TimeSource.Instant, meter: BudgetMeter, retries: RetryBudget?) {
        self.started = started
        self.meter = meter
        shared = Mutex(retries)
    }

    /// In the order in which they began.
    var attempts: [Attempt] {
        written.withLock { $0.sorted { ($0.startSeconds ?? 0) < ($1.startSeconds ?? 0) } }
    }

    func write(_ attempts: [Attempt]) { written.withLock { $0 += attempts } }

    /// The further tries that all calls share.
    ///
    /// - Parameter usual: how many there are if the question does not say.
    func retries(usual: Int) -> RetryBudget {
        shared.withLock { shared in
            let retries = shared ?? RetryBudget(usual)
            shared = retries
            return retries
        }
    }
}
