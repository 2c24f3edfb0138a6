import Synchronization

/// Whether the client at the other end of a connection is still there, so that experts are hung up on when it is not.
final class ClientPresence: Sendable {
    private struct State {
        var isGone = false
        var watchers: [Int: @Sendable () -> Void] = [:]
        var nextTicket = 0
    }

    private let state = Mutex(State())
    /// Of the connection's event loop; nil where there is none of ours.
    let executor: LoopExecutor?

    init(on executor: LoopExecutor? = nil) { self.executor = executor }

    /// Tells every watcher, once.
    func leave() {
        let watchers = state.withLock { state in
            state.isGone = true
            defer { state.watchers = [:] }
            return state.watchers
        }
        for watcher in watchers.values { watcher() }
    }

    /// True once the client has left.
    var isGone: Bool { state.withLock { $0.isGone } }

    /// Calls `act` when the client leaves, at once if it has. Ends with `forget`.
    func watch(_ act: @escaping @Sendable () -> Void) -> Int {
        let (ticket, isGone) = state.withLock { state in
            state.nextTicket += 1
            if !state.isGone { state.watchers[state.nextTicket] = act }
            return (state.nextTicket, state.isGone)
        }
        if isGone { act() }
        return ticket
    }

    func forget(_ ticket: Int) { _ = state.withLock { $0.watchers.removeValue(forKey: ticket) } }

    /// Does the work in a task of its own, and cancels it when the client leaves.
    func whilePresent<Value: Sendable, Failure: Error>(
        _ work: @escaping @Sendable () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let task = Task(executorPreference: executor) { () async -> Result<Value, Failure> in
            do throws(Failure) { return .success(try await work()) } catch { return .failure(error) }
        }
        let ticket = watch { task.cancel() }
        defer { forget(ticket) }
        let result = await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        return try result.get()
    }
}
