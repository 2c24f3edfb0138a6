import Synchronization

/// Lets so many in at a time; others wait in the order they came, no more than the queue takes.
package final class ConcurrencyLimit: Sendable {
    private struct Waiter {
        var ticket: Int
        var continuation: CheckedContinuation<Bool, Never>
    }

    /// The queue is full; so many wait.
    package struct Full: Error, Hashable {
        package let waiting: Int

        package init(waiting: Int) { self.waiting = waiting }
    }

    private struct State {
        var places: Int
        var taken = 0
        var nextTicket = 0
        var waiting: [Waiter] = []
        /// Tickets given up while nobody waited under them.
        var abandoned: Set<Int> = []
    }

    /// A place; it is free again when the last copy is gone.
    package final class Place: Sendable {
        private let limit: ConcurrencyLimit
        /// How many stood before it in the queue, itself included; 0 if it did not wait.
        package let position: Int

        fileprivate init(_ limit: ConcurrencyLimit, position: Int) {
            self.limit = limit
            self.position = position
        }

        deinit { limit.release() }
    }

    /// Tells where somebody who waits stands, for as long as it waits.
    package final class Ticket: Sendable {
        fileprivate let number = Mutex<Int?>(nil)

        package init() {}
    }

    private let state: Mutex<State>
    private let queue: Int

    /// - Parameter queue: how many may wait.
    package init(_ places: Int, queue: Int = .max) {
        state = Mutex(State(places: max(1, places)))
        self.queue = queue
    }

    /// How many wait now.
    package var waitingCount: Int { state.withLock { $0.waiting.count } }
    /// How many are in now.
    package var takenCount: Int { state.withLock { $0.taken } }

    /// Sets how many places there are. Nobody is sent out: a smaller limit is reached as places are left.
    package func resize(to places: Int) {
        let next = state.withLock { state -> [Waiter] in
            state.places = max(1, places)
            let count = min(state.waiting.count, max(0, state.places - state.taken))
            state.taken += count
            defer { state.waiting.removeFirst(count) }
            return Array(state.waiting.prefix(count))
        }
        for waiter in next { waiter.continuation.resume(returning: true) }
    }

    /// A place that is free now; nil if none is.
    package func enterAtOnce() -> Place? {
        let isIn = state.withLock { state in
            guard state.taken < state.places, state.waiting.isEmpty else { return false }
            state.taken += 1
            return true
        }
        return isIn ? Place(self, position: 0) : nil
    }

    /// How many stand before somebody in the queue, itself included; nil if it does not wait.
    package func position(of ticket: Ticket) -> Int? {
        guard let number = ticket.number.withLock({ $0 }) else { return nil }
        return state.withLock { state in state.waiting.firstIndex { $0.ticket == number }.map { $0 + 1 } }
    }

    /// Waits for a place.
    ///
    /// - Parameter ticket: under which its position is told meanwhile.
    /// - Throws: `Full` if too many wait already, `CancellationError` if the task is cancelled while waiting.
    package func enter(under own: Ticket? = nil) async throws -> Place {
        if let place = enterAtOnce() {
            // The place of a task that is cancelled already is given back with it.
            try Task.checkCancellation()
            return place
        }
        let (ticket, position) = try state.withLock { state in
            guard state.waiting.count < queue else { throw Full(waiting: state.waiting.count) }
            defer { state.nextTicket += 1 }
            return (state.nextTicket, state.waiting.count + 1)
        }
        own?.number.withLock { $0 = ticket }
        let isIn = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let decided = state.withLock { state -> Bool? in
                    if state.abandoned.remove(ticket) != nil { return false }
                    if state.taken < state.places, state.waiting.isEmpty {
                        state.taken += 1
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
        return Place(self, position: position)
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
            guard state.taken <= state.places, !state.waiting.isEmpty else {
                state.taken -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.continuation.resume(returning: true)
    }
}
