public import Core
import Synchronization

/// Clocks that move only when a test says so.
public final class ManualTime: Sendable {
    /// What becomes of somebody who sleeps.
    public enum Sleeping: Sendable {
        /// The clock jumps ahead by the wait, and the sleeper goes on at once.
        case jumps
        /// The sleeper waits until `advance` has moved the clock far enough.
        case waits
    }

    private struct Sleeper {
        var ticket: Int
        var until: Duration
        var continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var passed = Duration.zero
        var sleeps: [Duration] = []
        var sleepers: [Sleeper] = []
        var cancelled: Set<Int> = []
        var nextTicket = 0
    }

    /// The calendar time at the start: 14 November 2023, 22:13:20 UTC.
    public static let start = Timestamp(microseconds: 1_700_000_000_000_000)

    private let sleeping: Sleeping
    private let state = Mutex(State())

    public init(_ sleeping: Sleeping = .jumps) { self.sleeping = sleeping }

    /// The clocks to hand to what is tested.
    public var source: TimeSource {
        TimeSource(
            steady: { TimeSource.Instant(offset: self.passed) },
            wall: {
                let parts = self.passed.components
                let micros = parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000
                return Timestamp(microseconds: Self.start.microseconds + micros)
            },
            sleep: { try await self.sleep($0) })
    }

    /// How far the clocks have moved.
    public var passed: Duration { state.withLock { $0.passed } }

    /// Every wait that was asked for, in order.
    public var sleeps: [Duration] { state.withLock { $0.sleeps } }

    /// How many wait now.
    public var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// Moves the clocks; whoever has waited long enough goes on.
    public func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.passed += duration
            let woken = state.sleepers.filter { $0.until <= state.passed }
            state.sleepers.removeAll { $0.until <= state.passed }
            return woken
        }
        for sleeper in woken { sleeper.continuation.resume(returning: true) }
    }

    private func sleep(_ duration: Duration) async throws {
        try Task.checkCancellation()
        let ticket = state.withLock { state in
            state.sleeps.append(duration)
            if sleeping == .jumps { state.passed += max(.zero, duration) }
            state.nextTicket += 1
            return state.nextTicket
        }
        guard sleeping == .waits, duration > .zero else { return }
        let isOver = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isCancelled = state.withLock { state in
                    if state.cancelled.remove(ticket) != nil { return true }
                    state.sleepers.append(
                        Sleeper(ticket: ticket, until: state.passed + duration, continuation: continuation))
                    return false
                }
                if isCancelled { continuation.resume(returning: false) }
            }
        } onCancel: {
            let sleeper = state.withLock { state -> Sleeper? in
                guard let index = state.sleepers.firstIndex(where: { $0.ticket == ticket }) else {
                    state.cancelled.insert(ticket)
                    return nil
                }
                return state.sleepers.remove(at: index)
            }
            sleeper?.continuation.resume(returning: false)
        }
        if !isOver { throw CancellationError() }
    }
}
