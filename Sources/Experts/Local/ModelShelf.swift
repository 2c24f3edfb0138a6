package import Core
import Foundation
import Synchronization

/// Holds models ready for whoever asks, each loaded once for all, within a limit of memory. `ShelfState` decides; this
/// lets people wait, loads on threads of its own, and watches the clock.
package final class ModelShelf<Key: Hashable & Sendable, Model: Sendable>: Sendable {
    private enum Outcome: Sendable {
        case granted(Model)
        case refused(any Error)
        case left
    }

    private typealias Caller = CheckedContinuation<Outcome, Never>

    private struct State {
        var shelf: ShelfState<Key, Model, Caller>
        var nextTicket = 0
        /// Tickets given up while nobody waited under them.
        var abandoned: Set<Int> = []
        /// When somebody looks again by the clock; nil if nobody does.
        var nextLook: Duration?
    }

    private let state: Mutex<State>
    private let time: TimeSource
    private let load: @Sendable (Key) throws -> Model
    private let putAway: @Sendable (Model) -> Void

    /// - Parameters:
    ///   - limit: bytes of all models together; nil for no limit.
    ///   - load: makes a model ready; may take seconds, and runs on a thread of its own.
    ///   - putAway: ends a model that nobody uses.
    package init(
        limit: Int?, turns: ModelTurns, time: TimeSource, load: @escaping @Sendable (Key) throws -> Model,
        putAway: @escaping @Sendable (Model) -> Void
    ) {
        state = Mutex(State(shelf: ShelfState(limit: limit, turns: turns)))
        self.time = time
        self.load = load
        self.putAway = putAway
    }

    deinit { for model in state.withLock({ $0.shelf.models }) { putAway(model) } }

    package var statistics: LocalModelStatistics { state.withLock { $0.shelf.statistics } }

    /// Whether a model is there, used or not.
    package func isReady(_ key: Key) -> Bool { state.withLock { $0.shelf.isReady(key) } }

    /// How many wait now, for their turn or for a model being loaded.
    package var waitingCount: Int { state.withLock { $0.shelf.waitingCount } }

    /// The model, once it is ready and it is its turn.
    ///
    /// - Parameter bytes: what it takes, at most the limit.
    /// - Throws: what loading it threw, or `CancellationError`.
    package func use(_ key: Key, bytes: Int) async throws -> ModelLease<Model> {
        let ticket = state.withLock { state in
            defer { state.nextTicket += 1 }
            return state.nextTicket
        }
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { caller in
                let now = time.now().offset
                let steps = state.withLock { state -> [ShelfState<Key, Model, Caller>.Step]? in
                    if state.abandoned.remove(ticket) != nil { return nil }
                    return puttingAway(state.shelf.ask(key, bytes: bytes, ticket: ticket, at: now, caller: caller))
                }
                if let steps { perform(steps) } else { caller.resume(returning: .left) }
            }
        } onCancel: {
            giveUp(ticket)
        }
        // A cancellation that came after the decision left its ticket here.
        state.withLock { _ = $0.abandoned.remove(ticket) }
        switch outcome {
        case .granted(let model):
            return ModelLease(model) { self.change { $0.endUse(of: key, at: $1) } }
        case .refused(let error): throw error
        case .left: throw CancellationError()
        }
    }

    private func giveUp(_ ticket: Int) {
        let now = time.now().offset
        let left = state.withLock { state in
            let left = state.shelf.leave(ticket, at: now)
            if left == nil { state.abandoned.insert(ticket) }
            return left.map { (caller: $0.caller, steps: puttingAway($0.steps)) }
        }
        guard let left else { return }
        left.caller.resume(returning: .left)
        perform(left.steps)
    }

    private func change(
        _ change: (inout ShelfState<Key, Model, Caller>, Duration) -> [ShelfState<Key, Model, Caller>.Step]
    ) {
        let now = time.now().offset
        perform(state.withLock { puttingAway(change(&$0.shelf, now)) })
    }

    /// Models are put away under the lock, so that what a load was promised is free before it begins, whoever is faster
    /// outside.
    private func puttingAway(
        _ steps: [ShelfState<Key, Model, Caller>.Step]
    ) -> [ShelfState<Key, Model, Caller>.Step] {
        steps.filter { step in
            guard case .putAway(let model) = step else { return true }
            putAway(model)
            return false
        }
    }

    private func perform(_ steps: [ShelfState<Key, Model, Caller>.Step]) {
        for step in steps {
            switch step {
            case .grant(let caller, let model): caller.resume(returning: .granted(model))
            case .refuse(let caller, let error): caller.resume(returning: .refused(error))
            case .putAway: break  // done already
            case .load(let key): begin(key)
            case .look(let wait): look(after: wait)
            }
        }
    }

    private func begin(_ key: Key) {
        let thread = Thread {
            let start = self.time.now().offset
            let result = Result { try self.load(key) }
            self.change { $0.endLoad(of: key, result, took: $1 - start, at: $1) }
        }
        thread.name = "muster-model-loader"
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// Decides anew when time has passed, once for all who ask for that.
    private func look(after wait: Duration) {
        let moment = time.now().offset + wait
        let isFirst = state.withLock { state in
            if let next = state.nextLook, next <= moment { return false }
            state.nextLook = moment
            return true
        }
        guard isFirst else { return }
        Task {
            try? await time.sleep(for: wait)
            state.withLock { if $0.nextLook == moment { $0.nextLook = nil } }
            change { $0.settle(at: $1) }
        }
    }
}
