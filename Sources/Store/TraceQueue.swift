import Core
import Synchronization

/// Traces on their way to the file. Requests only ever append here; one task at a time lets them gather for a moment, since
/// a transaction costs more than a trace, writes them in batches, and ends when nothing is left.
final class TraceQueue: Sendable {
    private struct State {
        var waiting: [Trace] = []
        /// The batch that is being written; it still counts as waiting.
        var inHand: [Trace] = []
        /// How many were ever taken in, and how many of these are written or given up.
        var taken = 0
        var settled = 0
        var dropped = 0
        var isWriting = false
        /// While the writer lets traces gather.
        var gathering: Task<Void, Never>?
        var isClosed = false
        var flushes: [(until: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())
    private let settings: StoreSettings
    private let faults: StoreFaults
    private let time: TimeSource
    private let reports: TraceReports
    private let write: @Sendable ([TraceRow]) async throws -> Void

    init(
        settings: StoreSettings, faults: StoreFaults, time: TimeSource, report: @escaping @Sendable (Fault) -> Void,
        write: @escaping @Sendable ([TraceRow]) async throws -> Void
    ) {
        self.settings = settings
        self.faults = faults
        self.time = time
        reports = TraceReports(time: time, report: report)
        self.write = write
    }

    var dropped: Int { state.withLock { $0.dropped } }

    func add(_ trace: Trace) {
        enum Next { case nothing, begin, full, closed }
        let next: Next = state.withLock { state in
            if state.isClosed || state.waiting.count + state.inHand.count >= settings.waitingTraces {
                state.dropped += 1
                return state.isClosed ? .closed : .full
            }
            state.waiting.append(trace)
            state.taken += 1
            if state.waiting.count == settings.traceBatch { state.gathering?.cancel() }
            if state.isWriting { return .nothing }
            state.isWriting = true
            return .begin
        }
        switch next {
        case .nothing: break
        case .begin: Task.detached(priority: .utility) { await self.writeAll() }
        case .full: reports.tell(.overflow, faults.tracesWaiting(settings.waitingTraces))
        case .closed: reports.tell(.closed, faults.traceAfterClosing())
        }
    }

    /// The latest trace of this id, or of a request that its caller gave this id, that is not written yet.
    func waiting(_ id: String) -> Trace? {
        state.withLock { state in
            state.waiting.last { $0.id == id } ?? state.inHand.last { $0.id == id }
                ?? state.waiting.last { $0.requestID == id } ?? state.inHand.last { $0.requestID == id }
        }
    }

    func flush() async {
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                if state.settled >= state.taken { return true }
                state.flushes.append((state.taken, continuation))
                state.gathering?.cancel()
                return false
            }
            if isDone { continuation.resume() }
        }
    }

    func close() async {
        state.withLock { $0.isClosed = true }
        await flush()
    }

    private func writeAll() async {
        repeat {
            await gather()
            guard let batch = nextBatch() else { return }
            await settle(batch)
        } while true
    }

    /// Returns when it is time to write.
    private func gather() async {
        let pause = state.withLock { state -> Task<Void, Never>? in
            guard state.waiting.count < settings.traceBatch, state.flushes.isEmpty else { return nil }
            let pause = Task { [time, settings] () -> Void in try? await time.sleep(for: settings.traceGathering) }
            state.gathering = pause
            return pause
        }
        await pause?.value
    }

    /// Settles the batch in hand and takes the next; nil, and no longer writing, when nothing waits.
    private func nextBatch() -> [Trace]? {
        let (batch, done): ([Trace]?, [CheckedContinuation<Void, Never>]) = state.withLock { state in
            state.gathering = nil
            state.settled += state.inHand.count
            state.inHand = Array(state.waiting.prefix(max(settings.traceBatch, 1)))
            state.waiting.removeFirst(state.inHand.count)
            let settled = state.settled
            let done = state.flushes.filter { $0.until <= settled }.map(\.continuation)
            state.flushes.removeAll { $0.until <= settled }
            state.isWriting = !state.inHand.isEmpty
            return (state.isWriting ? state.inHand : nil, done)
        }
        for continuation in done { continuation.resume() }
        return batch
    }

    private func settle(_ batch: [Trace]) async {
        // One trace that is too large must not cost the others their place.
        let rows = batch.compactMap { trace in
            do { return try TraceRow(trace) } catch {
                drop(1, because: faults.fault(error), after: 1)
                return nil
            }
        }
        if rows.isEmpty { return }
        for attempt in 1... {
            do { return try await write(rows) } catch {
                let fault = faults.fault(error)
                let mayPass = fault.code == .storeLocked || fault.code == .storeFull
                guard mayPass, attempt < settings.traceTries else {
                    return drop(rows.count, because: fault, after: attempt)
                }
                reports.tell(.delayed(fault.code), fault)
                try? await time.sleep(for: settings.tracePause)
            }
        }
    }

    private func drop(_ count: Int, because fault: Fault, after tries: Int) {
        state.withLock { $0.dropped += count }
        reports.tell(.lost(fault.code), faults.tracesLost(count, after: tries, because: fault))
    }
}
