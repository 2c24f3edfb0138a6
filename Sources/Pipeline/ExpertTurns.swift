package import Core
import Synchronization

/// Lets the calls of many journeys to their experts one expert at a time: an expert's turn lasts until nobody wants it,
/// and the next turn begins when every journey waits or is over. So each model is loaded once for all of them.
///
/// This is step G of Symbolic-MoE (arXiv:2503.05641) at the level of calls: fallbacks and syntheses, which a plan made
/// beforehand cannot know, wait for their expert's turn like the rest.
package final class ExpertTurns: Sendable {
    /// One journey. It moves, unless all it does is wait for its calls.
    package struct Traveller: Sendable {
        fileprivate let number: Int
    }

    private typealias Continuation = CheckedContinuation<Void, any Error>

    private struct Waiter {
        var ticket: Int
        var continuation: Continuation
    }

    private struct State {
        /// Journeys that may still come with a call.
        var moving = 0
        /// Calls of each journey that wait or are under way.
        var calls: [Int: Int] = [:]
        var turn: ExpertID?
        /// Calls of the turn that are under way.
        var running = 0
        /// In the order of arrival.
        var waiting: [ExpertID: [Waiter]] = [:]
        /// How many calls an expert takes at a time.
        var places: [ExpertID: Int] = [:]
        var nextNumber = 0
        /// Tickets whose callers left before they could wait.
        var withdrawn: Set<Int> = []
        var visits: [ExpertID] = []
    }

    private let state = Mutex(State())

    package init() {}

    /// The experts in the order of their turns.
    package var visits: [ExpertID] { state.withLock { $0.visits } }

    /// A journey begins; it ends with `end`.
    package func begin() -> Traveller {
        state.withLock { state in
            state.moving += 1
            state.nextNumber += 1
            return Traveller(number: state.nextNumber)
        }
    }

    package func end(_ traveller: Traveller) { change { $0.moving -= 1 } }

    /// Makes a call when it is the expert's turn and there is a place.
    package func inTurn<Value>(
        _ expert: ExpertCard, _ traveller: Traveller, _ call: () async throws -> Value
    ) async throws -> Value {
        do {
            try await wait(for: expert, traveller)
        } catch {
            change { Self.ended(traveller, &$0) }
            throw error
        }
        defer {
            change { state in
                state.running -= 1
                Self.ended(traveller, &state)
            }
        }
        return try await call()
    }

    private static func ended(_ traveller: Traveller, _ state: inout State) {
        state.calls[traveller.number, default: 0] -= 1
        if state.calls[traveller.number] == 0 {
            state.calls[traveller.number] = nil
            state.moving += 1
        }
    }

    /// Returns with a place taken; throws without one.
    private func wait(for expert: ExpertCard, _ traveller: Traveller) async throws {
        let ticket = state.withLock { state in
            state.nextNumber += 1
            state.places[expert.id] = max(1, expert.concurrent)
            if state.calls[traveller.number] == nil { state.moving -= 1 }
            state.calls[traveller.number, default: 0] += 1
            return state.nextNumber
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: Continuation) in
                let isGone = state.withLock { $0.withdrawn.remove(ticket) != nil }
                if isGone { return continuation.resume(throwing: CancellationError()) }
                change { state in
                    state.waiting[expert.id, default: []].append(Waiter(ticket: ticket, continuation: continuation))
                }
            }
        } onCancel: {
            withdraw(ticket, from: expert.id)
        }
    }

    private func withdraw(_ ticket: Int, from expert: ExpertID) {
        let waiter = state.withLock { state -> Waiter? in
            guard let place = state.waiting[expert]?.firstIndex(where: { $0.ticket == ticket }) else {
                state.withdrawn.insert(ticket)
                return nil
            }
            return state.waiting[expert]?.remove(at: place)
        }
        waiter?.continuation.resume(throwing: CancellationError())
    }

    /// Changes the state, and lets those go on whose turn it then is.
    private func change(_ change: (inout State) -> Void) {
        let ready = state.withLock { state in
            change(&state)
            return Self.ready(&state)
        }
        for waiter in ready { waiter.continuation.resume() }
    }

    private static func ready(_ state: inout State) -> [Waiter] {
        var ready: [Waiter] = []
        while true {
            if let turn = state.turn {
                let free = max(0, (state.places[turn] ?? 1) - state.running)
                let next = state.waiting[turn]?.prefix(free) ?? []
                state.waiting[turn]?.removeFirst(next.count)
                state.running += next.count
                ready += next
            }
            guard state.running == 0, state.moving == 0 else { return ready }
            // The longest line first; of equals the first by name, so that a batch repeats itself.
            let next = state.waiting.filter { !$0.value.isEmpty }
                .min { ($1.value.count, $0.key.rawValue) < ($0.value.count, $1.key.rawValue) }
            state.turn = next?.key
            guard let next else { return ready }
            state.visits.append(next.key)
        }
    }
}
