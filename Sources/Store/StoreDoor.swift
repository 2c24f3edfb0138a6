import Synchronization

/// Counts the calls that are inside the store, so that the file is closed under none of them: SQLite does not survive
/// the use of a closed connection.
final class StoreDoor: Sendable {
    private struct State {
        var inside = 0
        var isShut = false
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Runs `work` inside; throws `closed` if the door is shut.
    func through<Value>(
        else closed: @autoclosure () -> any Error, _ work: () async throws -> Value
    ) async throws -> Value {
        let isOpen = state.withLock { state in
            if !state.isShut { state.inside += 1 }
            return !state.isShut
        }
        guard isOpen else { throw closed() }
        defer { leave() }
        return try await work()
    }

    /// Lets nobody in any more and waits until all have left; false if it was shut before.
    func shut() async -> Bool {
        let isFirst = state.withLock { state in
            defer { state.isShut = true }
            return !state.isShut
        }
        guard isFirst else { return false }
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock { state in
                if state.inside > 0 { state.waiting = continuation }
                return state.inside == 0
            }
            if isEmpty { continuation.resume() }
        }
        return true
    }

    private func leave() {
        let waiting = state.withLock { state in
            state.inside -= 1
            return state.inside == 0 ? state.waiting.take() : nil
        }
        waiting?.resume()
    }
}
