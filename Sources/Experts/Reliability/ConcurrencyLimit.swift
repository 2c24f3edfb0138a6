import Synchronization

/// Lets so many in at a time, the others in the order they came.
package final class ConcurrencyLimit: Sendable {
    private struct Waiter {
        var ticket: Int
        var continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var free: Int
        var nextTicket = 0
        var waiting: [Waiter] = []
        /// Tickets given up while nobody waited under them.
        var abandoned: Set<Int> = []
    }

    /// A place; it is free again when the last copy is gone.
    package final class Place: Sendable {
        private let limit: ConcurrencyLimit

        fileprivate init(_ limit: ConcurrencyLimit) { self.limit = limit }

        deinit { limit.release() }
    }

    private let state: Mutex<State>

    package init(_ places: Int) { state = Mutex(State(free: max(1, places))) }

    /// How many wait now.
    package var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Waits for a place.
    ///
    /// - Throws: `CancellationError` if the task is cancelled while waiting.
    package func enter() async throws -> Place {
        let ticket = state.withLock { state in
            defer { state.nextTicket += 1 }
            return state.nextTicket
        }
        let isIn = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let decided = state.withLock { state -> Bool? in
                    if state.abandoned.remove(ticket) != nil { return false }
                    if state.free > 0 {
                        state.free -= 1
                        return true
                    }
                    state.waiting.append(Waiter(ticket: ticket, continuation: continuation))
                    return nil
                }
                if let decided { continuation.resume(returning: decided) }
            }
        } onCancel: {
            giveUp(ticket)
        }
        // A cancellation that came after the decision left its ticket here.
        state.withLock { _ = $0.abandoned.remove(ticket) }
        guard isIn else { throw CancellationError() }
        return Place(self)
    }

    private func giveUp(_ ticket: Int) {
        let waiter = state.withLock { state -> Waiter? in
            if let index = state.waiting.firstIndex(where: { $0.ticket == ticket }) {
                return state.waiting.remove(at: index)
            }
            state.abandoned.insert(ticket)
            return nil
        }
        waiter?.continuation.resume(returning: false)
    }

    private func release() {
        let next = state.withLock { state -> Waiter? in
            if state.waiting.isEmpty {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.continuation.resume(returning: true)
    }
}
