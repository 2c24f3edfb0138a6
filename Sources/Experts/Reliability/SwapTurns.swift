package import Core
import Synchronization

/// The turns on one server that holds only some of its models at a time, shared by the experts behind it.
package final class SwapTurns: Sendable {
    private struct State {
        var schedule: SwapSchedule
        var nextTicket = 0
        var waiters: [Int: CheckedContinuation<Bool, Never>] = [:]
        /// Tickets whose turn came, or that were given up, before anybody waited under them.
        var settled: [Int: Bool] = [:]
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
        state = Mutex(State(schedule: SwapSchedule(spec)))
    }

    /// How many wait for their model.
    package var waitingCount: Int { state.withLock { $0.schedule.waitingCount } }
    /// Whether the expert's model is there, as far as is known.
    package func holds(_ expert: ExpertID) -> Bool { state.withLock { $0.schedule.experts.contains(expert) } }
    /// How many models have been asked for so far that were not there.
    package var loads: Int { state.withLock { $0.schedule.loads } }

    /// Waits until the expert's model is there, or may be loaded.
    ///
    /// - Throws: `CancellationError` if the task is cancelled while waiting.
    package func turn(of expert: ExpertID) async throws -> Turn {
        try Task.checkCancellation()
        let ticket = state.withLock { state in
            defer { state.nextTicket += 1 }
            return state.nextTicket
        }
        change { $0.arrive(ticket, for: expert, at: $1) }
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
            giveUp(ticket)
        }
        // A turn that was given up after it had come is over with this.
        let turn = hasTurn ? Turn(expert, of: self) : nil
        state.withLock { _ = $0.settled.removeValue(forKey: ticket) }
        guard let turn else { throw CancellationError() }
        return turn
    }

    private func giveUp(_ ticket: Int) {
        let waiter = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            // Its turn may have come; then it is taken, and given back by who took it.
            guard state.schedule.position(of: ticket) != nil else { return nil }
            if let waiter = state.waiters.removeValue(forKey: ticket) { return waiter }
            state.settled[ticket] = false
            return nil
        }
        change { $0.abandon(ticket, at: $1) }
        waiter?.resume(returning: false)
    }

    private func change(_ event: (inout SwapSchedule, TimeSource.Instant) -> [SwapSchedule.Turn]) {
        let now = time.now()
        let woken = state.withLock { state -> [CheckedContinuation<Bool, Never>] in
            event(&state.schedule, now).compactMap { turn in
                if let waiter = state.waiters.removeValue(forKey: turn.ticket) { return waiter }
                state.settled[turn.ticket] = true
                return nil
            }
        }
        for waiter in woken { waiter.resume(returning: true) }
    }
}
