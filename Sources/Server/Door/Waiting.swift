import Core
import Synchronization

/// A request on its way to a place: asked for once, looked after from time to time.
final class Waiting: Sendable {
    /// What came of it, and who waits for that.
    private final class Outcome: Sendable {
        private struct State {
            var result: Result<AdmissionQueue.Admission, any Error>?
            var waiter: CheckedContinuation<Void, Never>?
            /// Nobody waited when the bell rang.
            var isRung = false
        }

        private let state = Mutex(State())

        func settle(_ result: Result<AdmissionQueue.Admission, any Error>) {
            state.withLock { $0.result = result }
            ring()
        }

        func ring() {
            let waiter = state.withLock { state in
                state.isRung = state.waiter == nil
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume()
        }

        /// Returns when there is a result, or when somebody rings.
        func wait() async {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard state.result == nil, !state.isRung else { return true }
                    state.waiter = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        }

        /// Takes the result out: whoever has it holds the place.
        func take() throws -> AdmissionQueue.Admission? {
            try state.withLock { state in
                defer { state.isRung = false }
                return try state.result.take()?.get()
            }
        }
    }

    private let outcome = Outcome()
    private let task: Task<Void, Never>
    private let ticket = ConcurrencyLimit.Ticket()
    private let admission: AdmissionQueue

    /// - Parameter deadline: when it is given up; nil for never.
    init(_ admission: AdmissionQueue, _ client: ClientPresence, by deadline: TimeSource.Instant? = nil) {
        self.admission = admission
        task = Task { [ticket, outcome] in
            do { outcome.settle(.success(try await admission.admit(client, under: ticket, by: deadline))) } catch {
                outcome.settle(.failure(error))
            }
        }
    }

    /// Nobody waits any more: a place that comes is given back.
    deinit { task.cancel() }

    /// How many stand before it in the queue, itself included; nil if it waits no more.
    var position: Int? { admission.position(of: ticket) }

    /// The place, if there is one within so long; nil if not. However long it takes, without a span.
    func place(within span: Duration?, _ time: TimeSource) async throws -> AdmissionQueue.Admission? {
        let timer = span.map { span in
            Task { [outcome] in
                try? await time.sleep(for: span)
                outcome.ring()
            }
        }
        defer { timer?.cancel() }
        await withTaskCancellationHandler {
            await outcome.wait()
        } onCancel: {
            task.cancel()
        }
        return try outcome.take()
    }
}
