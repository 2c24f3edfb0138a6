import Synchronization

/// Travels with one call to an expert: there, until when its answer is of use; back, what became known of the call
/// besides the answer.
///
/// It goes along with the task that asks (`current`), so that whatever wraps an expert need not pass it on. An expert
/// takes it when it is asked and keeps it for its stream: later pieces are pulled by tasks that know nothing of it.
public final class CallSlip: Sendable {
    /// What is noted on the way.
    public struct Facts: Sendable, Hashable {
        /// False while the call waits for a place, and if it was turned away: nothing has been sent then.
        public var isSent = true
        /// Spent waiting for a place.
        public var queuedSeconds: Double?
        public var clock: Attempt.Clock?
        /// The HTTP status of the response.
        public var status: Int?
        /// Bytes of the body that were read.
        public var bytes: Int?
        /// What the server says it still takes.
        public var allowance: RateAllowance?

        public init() {}
    }

    /// The slip of the call that this task is making.
    @TaskLocal public static var current: CallSlip?

    /// When nobody will want the answer any more; nil for never.
    public let deadline: TimeSource.Instant?
    private let noted = Mutex(Facts())

    public init(deadline: TimeSource.Instant? = nil) { self.deadline = deadline }

    public var facts: Facts { noted.withLock { $0 } }

    /// Writes something down.
    public func note(_ change: (inout Facts) -> Void) { noted.withLock { change(&$0) } }

    /// Counts bytes of the body.
    public func count(bytes: Int) { noted.withLock { $0.bytes = ($0.bytes ?? 0) + bytes } }
}
