public import Core
import Synchronization

/// Finished traces on their way to a collector. Answers only ever append here; one task at a time sends what has
/// gathered, in batches, and ends when nothing is left. What cannot be sent is dropped and counted, never waited for.
public final class SpanExport: TraceWatch {
    /// How a batch ended at the collector.
    public enum Reply: Sendable, Hashable {
        case taken
        /// It may be taken later.
        case busy(String)
        /// It never will be.
        case refused(String)
    }

    /// How much may wait, and for how long.
    public struct Limits: Sendable, Hashable {
        /// Traces that may wait; the newest is dropped when there are more.
        public var waiting: Int
        /// Traces in one request.
        public var batch: Int
        /// How long the first trace of a batch waits for others.
        public var gathering: Duration
        /// The pause before the one further try.
        public var pause: Duration
        /// Failures are told at most this often.
        public var silence: Duration

        public init(
            waiting: Int = 4096, batch: Int = 256, gathering: Duration = .seconds(1), pause: Duration = .seconds(2),
            silence: Duration = .seconds(60)
        ) {
            self.waiting = waiting
            self.batch = batch
            self.gathering = gathering
            self.pause = pause
            self.silence = silence
        }
    }

    private struct State {
        var waiting: [Trace] = []
        var worker: Task<Void, Never>?
        /// What the worker sleeps in; ended early when there is enough, or no time left.
        var nap: Task<Void, Never>?
        var isClosed = false
        var sent = 0
        var dropped = 0
        var lastTold: TimeSource.Instant?
    }

    private let state = Mutex(State())
    private let spans: TraceSpans
    private let service: String
    private let version: String
    private let limits: Limits
    private let time: TimeSource
    private let send: @Sendable (_ body: String) async -> Reply
    private let report: @Sendable (String) -> Void

    /// - Parameters:
    ///   - card: what is known of an expert; nil for one that is gone.
    ///   - send: one request to the collector.
    ///   - report: hears why traces were dropped.
    public init(
        card: @escaping @Sendable (ExpertID) -> ExpertCard?, service: String, version: String,
        limits: Limits = Limits(), time: TimeSource, send: @escaping @Sendable (_ body: String) async -> Reply,
        report: @escaping @Sendable (String) -> Void
    ) {
        spans = TraceSpans(card: card)
        self.service = service
        self.version = version
        self.limits = limits
        self.time = time
        self.send = send
        self.report = report
    }

    /// Traces that a collector took.
    public var sent: Int { state.withLock { $0.sent } }
    /// Traces that were given up.
    public var dropped: Int { state.withLock { $0.dropped } }

    public func finished(_ trace: Trace) {
        guard trace.span?.isSampled == true else { return }
        let nap: Task<Void, Never>? = state.withLock { state in
            guard !state.isClosed, state.waiting.count < limits.waiting else {
                state.dropped += 1
                return nil
            }
            state.waiting.append(trace.withoutText)
            if state.worker == nil { state.worker = Task.detached(priority: .utility) { await self.sendAll() } }
            return state.waiting.count >= limits.batch ? state.nap : nil
        }
        nap?.cancel()
    }

    /// Sends what waits, once, and takes nothing more.
    public func close() async {
        let (worker, nap) = state.withLock { state in
            state.isClosed = true
            return (state.worker, state.nap)
        }
        nap?.cancel()
        await worker?.value
    }

    private func sendAll() async {
        while true {
            await nap(limits.gathering) { !$0.waiting.isEmpty && $0.waiting.count < self.limits.batch }
            let batch = state.withLock { state in
                let batch = Array(state.waiting.prefix(limits.batch))
                state.waiting.removeFirst(batch.count)
                if batch.isEmpty { state.worker = nil }
                return batch
            }
            if batch.isEmpty { return }
            await deliver(batch)
        }
    }

    private func deliver(_ batch: [Trace]) async {
        let body = SpanRequest.json(batch.flatMap(spans.of), service: service, version: version)
        var reply = await send(body)
        if case .busy = reply, !state.withLock({ $0.isClosed }) {
            await nap(limits.pause) { _ in true }
            reply = await send(body)
        }
        switch reply {
        case .taken: state.withLock { $0.sent += batch.count }
        case .busy(let why), .refused(let why): drop(batch.count, because: why)
        }
    }

    /// Sleeps unless the export is closed, or there is a reason to go on at once.
    private func nap(_ length: Duration, while mayWait: (State) -> Bool) async {
        let time = time
        let nap: Task<Void, Never>? = state.withLock { state in
            guard !state.isClosed, mayWait(state) else { return nil }
            let nap = Task { _ = try? await time.sleep(for: length) }
            state.nap = nap
            return nap
        }
        await nap?.value
        state.withLock { $0.nap = nil }
    }

    private func drop(_ count: Int, because why: String) {
        let now = time.now()
        let isDue = state.withLock { state in
            state.dropped += count
            if let last = state.lastTold, now.offset - last.offset < limits.silence { return false }
            state.lastTold = now
            return true
        }
        if isDue { report("\(count) traces were not sent: \(why.withoutLogins)") }
    }
}
