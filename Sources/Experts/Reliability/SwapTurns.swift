package import Core
import Synchronization

private typealias Waiter = CheckedContinuation<Bool, Never>

/// The turns on one server that holds only some of its models at a time, shared by the experts behind it.
package final class SwapTurns: Sendable {
    private struct State {
        var lines: SwapLines
        var nextTicket = 0
        var waiters: [Int: Waiter] = [:]
        /// Tickets whose turn came, or that were given up, before anybody waited under them.
        var settled: [Int: Bool] = [:]

        /// Whoever waits under a ticket whose turn has come.
        mutating func woken(by turns: [SwapSchedule.Turn]) -> [Waiter] {
            turns.compactMap { turn in
                if let waiter = waiters.removeValue(forKey: turn.ticket) { return waiter }
                settled[turn.ticket] = true
                return nil
            }
        }
    }

    /// A turn; it is over when the last copy is gone.
    package final class Turn: Sendable {
        private let turns: SwapTurns
        private let expert: ExpertID

        fileprivate init(_ expert: ExpertID, of turns: SwapTurns) {
            self.expert = expert
            self.turns = turns
        }

        deinit { turns.change { $0.leave(expert, at: $1) } }
    }

    package let spec: BackendSpec
    private let time: TimeSource
    private let state: Mutex<State>

    package init(_ spec: BackendSpec, time: TimeSource) {
        self.spec = spec
        self.time = time
        state = Mutex(State(lines: SwapLines(spec)))
    }

    /// How many wait, for whichever model.
    package var waitingCount: Int { state.withLock { $0.lines.waitingCount } }
    /// How many wait for this expert's.
    package func waitingCount(for expert: ExpertID) -> Int { state.withLock { $0.lines.waitingCount(for: expert) } }
    /// Whether the expert's model is there, as far as is known.
    package func holds(_ expert: ExpertID) -> Bool { state.withLock { $0.lines.experts.contains(expert) } }
    /// How many models have been asked for so far that were not there.
    package var loads: Int { state.withLock { $0.lines.loads } }

    /// Waits until the expert's model is there, or may be loaded, and the expert has a place.
    ///
    /// - Parameters:
    ///   - places: how many the expert takes at a time.
    ///   - queue: how many may wait for that, beside as many that only wait for the model.
    /// - Throws: `ConcurrencyLimit.Full` if too many wait already, `CancellationError` if the task is cancelled meanwhile.
    package func turn(of expert: ExpertID, places: Int, queue: Int = .max) async throws -> Turn {
        try Task.checkCancellation()
        let now = time.now()
        let (ticket, others) = try state.withLock { state in
            if let behind = state.lines.behind(expert, places: places), behind >= queue {
                throw ConcurrencyLimit.Full(waiting: behind)
            }
            let ticket = state.nextTicket
            state.nextTicket += 1
            return (ticket, state.woken(by: state.lines.arrive(ticket, for: expert, places: places, at: now)))
        }
        for waiter in others { waiter.resume(returning: true) }
        let hasTurn = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let settled = state.withLock { state -> Bool? in
                    if let settled = state.settled.removeValue(forKey: ticket) { return settled }
                    state.waiters[ticket] = continuation
                    return nil
                }
                if let settled { continuation.resume(returning: settled) }
            }
        } onCancel: {
            giveUp(ticket, of: expert)
        }
        guard hasTurn else { throw CancellationError() }
        return Turn(expert, of: self)
    }

    private func giveUp(_ ticket: Int, of expert: ExpertID) {
        let now = time.now()
        let (own, others) = state.withLock { state -> (Waiter?, [Waiter]) in
            // Its turn may have come; then it is taken, and given back by who took it.
            guard let turns = state.lines.abandon(ticket, of: expert, at: now) else { return (nil, []) }
            let own = state.waiters.removeValue(forKey: ticket)
            if own == nil { state.settled[ticket] = false }
            return (own, state.woken(by: turns))
        }
        own?.resume(returning: false)
        for waiter in others { waiter.resume(returning: true) }
    }

    private func change(_ event: (inout SwapLines, TimeSource.Instant) -> [SwapSchedule.Turn]) {
        let now = time.now()
        let woken = state.withLock { state in state.woken(by: event(&state.lines, now)) }
        for waiter in woken { waiter.resume(returning: true) }
    }
}
