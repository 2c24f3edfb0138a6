import Core
import Synchronization

/// The events of one answer, pulled only when they are asked for, with a word when nothing has come for a while.
///
/// `leave`, or dropping it, cancels the pull under way and lets go of the flow: experts are hung up on.
final class PacedEvents: Sendable {
    enum Step: Sendable {
        case event(AnswerFlow.Event)
        /// The flow is over.
        case end
        case failed(any Error)
        /// Nothing has come for the agreed time; the pull goes on.
        case silence
    }

    private struct State {
        var pull: Task<Void, Never>?
        /// What came while nobody waited.
        var ready: Step?
        var waiter: CheckedContinuation<Step, Never>?
        var waitingSince: TimeSource.Instant?
        var hasLeft = false
    }

    private let state = Mutex(State())
    private let flow: AnswerFlow
    private let silence: SilenceWatch
    private let executor: LoopExecutor?

    /// - Parameters:
    ///   - silence: sees to it that `next` does not wait for longer than it allows.
    ///   - executor: where pieces are pulled: on the loop of the client's connection.
    init(_ flow: AnswerFlow, silence: SilenceWatch, on executor: LoopExecutor? = nil) {
        self.flow = flow
        self.silence = silence
        self.executor = executor
        silence.watch(self)
    }

    deinit { leave() }

    /// The next step; one caller at a time.
    func next() async -> Step {
        if let ready = begin() { return ready }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ready = state.withLock { state -> Step? in
                    if let ready = state.ready {
                        state.ready = nil
                        return ready
                    }
                    state.waiter = continuation
                    return nil
                }
                if let ready { continuation.resume(returning: ready) }
            }
        } onCancel: {
            leave()
        }
    }

    /// Ends the answer; a pull under way fails with `CancellationError`.
    func leave() {
        silence.forget(self)
        let pull = state.withLock { state in
            state.hasLeft = true
            return state.pull
        }
        pull?.cancel()
    }

    /// Sees to it that a pull is under way; what is there already is returned.
    private func begin() -> Step? {
        state.withLock { state in
            if let ready = state.ready {
                state.ready = nil
                return ready
            }
            state.waitingSince = silence.time.now()
            if state.pull == nil {
                guard !state.hasLeft else { return .failed(CancellationError()) }
                let flow = flow
                state.pull = Task(executorPreference: executor) { [weak self] in
                    let step: Step
                    do {
                        step = try await flow.next().map(Step.event) ?? .end
                    } catch {
                        step = .failed(error)
                    }
                    self?.pulled(step)
                }
            }
            return nil
        }
    }

    private func pulled(_ step: Step) {
        let waiter = state.withLock { state in
            state.pull = nil
            defer { state.waiter = nil }
            if state.waiter == nil { state.ready = step }
            return state.waiter
        }
        waiter?.resume(returning: step)
    }

    /// Says `silence` if it is time, and returns how long to wait before looking again.
    func untilSilence() -> Duration {
        let (waiter, wait) = state.withLock { state -> (CheckedContinuation<Step, Never>?, Duration) in
            guard let since = state.waitingSince, let waiter = state.waiter else { return (nil, silence.patience) }
            let left = silence.patience - (silence.time.now().offset - since.offset)
            guard left <= .zero else { return (nil, left) }
            state.waiter = nil
            state.waitingSince = nil
            return (waiter, silence.patience)
        }
        waiter?.resume(returning: .silence)
        return wait
    }
}
