import Core
import Synchronization

/// Tells streams in which nothing has come for the agreed time that they are silent. One task looks after all streams of a
/// service, and there is none while there is no stream: one each would be a good part of what a quiet stream costs.
final class SilenceWatch: Sendable {
    private struct State {
        var streams: [ObjectIdentifier: Weak] = [:]
        var task: Task<Void, Never>?
    }

    private struct Weak {
        weak var stream: PacedEvents?
    }

    /// The longest wait before a stream is told.
    let patience: Duration
    let time: TimeSource
    private let state = Mutex(State())

    init(patience: Duration, time: TimeSource) {
        self.patience = patience
        self.time = time
    }

    deinit { state.withLock { $0.task }?.cancel() }

    /// Looks after a stream until `forget`.
    func watch(_ stream: PacedEvents) {
        state.withLock { state in
            state.streams[ObjectIdentifier(stream)] = Weak(stream: stream)
            guard state.task == nil else { return }
            // Whoever begins later is silent later than everybody the task sleeps for.
            state.task = Task.detached { [weak self] in
                while let wait = self?.look(), let time = self?.time, (try? await time.sleep(for: wait)) != nil {}
            }
        }
    }

    func forget(_ stream: PacedEvents) {
        let idle = state.withLock { state -> Task<Void, Never>? in
            state.streams[ObjectIdentifier(stream)] = nil
            guard state.streams.isEmpty else { return nil }
            return state.task.take()
        }
        idle?.cancel()
    }

    /// Tells those whose time has come; returns how long to wait before looking again.
    private func look() -> Duration {
        // Let go of outside of the lock: the last one to hold a stream makes it say `forget`.
        let streams = state.withLock { $0.streams.values.compactMap(\.stream) }
        return streams.map { $0.untilSilence() }.min() ?? patience
    }
}
