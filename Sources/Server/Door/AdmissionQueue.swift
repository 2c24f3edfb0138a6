import Core
import HTTPTypes
import Hummingbird
import Synchronization

/// Lets so many questions in at a time. Others wait in order, no more than the queue takes and no longer than is allowed;
/// everybody else is told at once when to come back, in place of all being slow.
final class AdmissionQueue: Sendable {
    /// A question that was let in; what it holds is free again when the last copy is gone.
    final class Admission: Sendable {
        private let queue: AdmissionQueue
        private let place: ConcurrencyLimit.Place
        private let began: TimeSource.Instant

        fileprivate init(_ place: ConcurrencyLimit.Place, of queue: AdmissionQueue) {
            self.place = place
            self.queue = queue
            began = queue.time.now()
        }

        deinit { queue.learn(seconds: queue.time.seconds(since: began)) }

        /// Where it stood in the queue; 0 if it did not wait.
        var position: Int { place.position }
    }

    /// The share of a new answer in the moving average.
    private static let share = 0.1
    /// The shortest and the longest wait that a refusal advises, in seconds.
    private static let advice = 1.0...60.0

    private let limits: ServiceOptions.Limits
    private let time: TimeSource
    private let limit: ConcurrencyLimit
    /// How long answers take of late, in seconds.
    private let usual = Mutex<Double?>(nil)

    init(_ limits: ServiceOptions.Limits, time: TimeSource) {
        self.limits = limits
        self.time = time
        limit = ConcurrencyLimit(limits.inFlight, queue: limits.queue)
    }

    /// A place that is free now; nil if none is.
    func admitAtOnce() -> Admission? { limit.enterAtOnce().map { Admission($0, of: self) } }

    /// How many stand before somebody in the queue, itself included; nil if it does not wait.
    func position(of ticket: ConcurrencyLimit.Ticket) -> Int? { limit.position(of: ticket) }

    /// Lets the client in, at once or after a wait.
    ///
    /// - Parameters:
    ///   - ticket: under which its position is told meanwhile.
    ///   - deadline: when the question's own time is over; nil for never.
    /// - Throws: `overloaded` with the time to come back, `overBudget` at the deadline, or `CancellationError` when the
    ///   client leaves.
    func admit(
        _ client: @autoclosure () -> ClientPresence, under ticket: ConcurrencyLimit.Ticket? = nil,
        by deadline: TimeSource.Instant? = nil
    ) async throws -> Admission {
        if let place = admitAtOnce() { return place }
        let own = deadline.map { max(.zero, $0.offset - time.now().offset) } ?? limits.queueWait
        return try await client().whilePresent { [self] in
            try await withThrowingTaskGroup(of: Admission?.self) { group in
                group.addTask {
                    do {
                        return Admission(try await self.limit.enter(under: ticket), of: self)
                    } catch let full as ConcurrencyLimit.Full {
                        throw self.refusal("\(full.waiting) questions wait already", behind: full.waiting)
                    }
                }
                group.addTask {
                    try await self.time.sleep(for: min(own, self.limits.queueWait))
                    return nil
                }
                defer { group.cancelAll() }
                guard let first = try await group.next(), let admission = first else {
                    guard own >= self.limits.queueWait else { throw Fault.timeIsOver(for: "server") }
                    throw self.refusal(
                        "no place was free within \(self.limits.queueWait.seconds) s", behind: self.limit.waitingCount)
                }
                return admission
            }
        }
    }

    private func refusal(_ what: String, behind waiting: Int) -> Fault {
        let each = (usual.withLock { $0 } ?? 1) / Double(limits.inFlight)
        let wait = min(max(Double(waiting + 1) * each, Self.advice.lowerBound), Self.advice.upperBound)
        return Fault(
            .overloaded, "server", "\(limits.inFlight) questions are being answered, and \(what)",
            hint: "Ask again in \(Int(wait.rounded(.up))) s; server.limits says how many may be answered and may wait",
            retryAfterSeconds: wait)
    }

    private func learn(seconds: Double) {
        usual.withLock { $0 = $0.map { $0 + Self.share * (seconds - $0) } ?? seconds }
    }
}

extension Response {
    /// The same response, which holds a place until it is written, and says where its question stood in the queue.
    func holding(_ admission: AdmissionQueue.Admission) -> Response {
        var held = self
        if admission.position > 0 { held.headers[.musterQueuePosition] = String(admission.position) }
        guard body.contentLength == nil else { return held }
        let inner = body
        held.body = ResponseBody { writer in
            defer { withExtendedLifetime(admission) {} }
            try await inner.write(writer)
        }
        return held
    }
}
