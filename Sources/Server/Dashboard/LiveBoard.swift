public import Core
import Synchronization

/// Remembers the last hour in spans of ten seconds, the last day in spans of five minutes, and the latest questions: what
/// the dashboard shows at once when it is opened. Nothing ticks here; it only counts what comes.
public final class LiveBoard: TraceWatch {
    /// An hour, finely; a day, coarsely.
    static let fine = (width: 10, count: 360)
    static let coarse = (width: 300, count: 288)
    /// Five minutes of each expert.
    static let expertSpans = 30
    /// The most of the latest questions that are told of.
    static let mostLines = 40

    private struct State {
        var fine = TimeRing(width: LiveBoard.fine.width, count: LiveBoard.fine.count, empty: QuestionSpan())
        var coarse = TimeRing(width: LiveBoard.coarse.width, count: LiveBoard.coarse.count, empty: QuestionSpan())
        var experts: [ExpertID: TimeRing<ExpertSpan>] = [:]
        /// Oldest first, with the moment they were told.
        var lines: [(at: Timestamp, line: TraceLine)] = []
    }

    private let time: TimeSource
    private let state = Mutex(State())

    public init(time: TimeSource) { self.time = time }

    public func finished(_ trace: Trace) {
        let now = time.timestamp()
        let line = TraceLine(trace)
        state.withLock { state in
            state.fine.change(at: now) { $0.count(trace) }
            state.coarse.change(at: now) { $0.count(trace) }
            for attempt in trace.attempts where attempt.isCall {
                state.experts[
                    attempt.expert,
                    default: TimeRing(width: Self.fine.width, count: Self.expertSpans, empty: ExpertSpan())
                ].change(at: now) { $0.count(attempt) }
            }
            if state.lines.count >= Self.mostLines { state.lines.removeFirst() }
            state.lines.append((now, line))
        }
    }

    /// A request that asked experts is over.
    func ended(hasFailed: Bool) {
        let now = time.timestamp()
        let count: (inout QuestionSpan) -> Void = { span in
            span.requests += 1
            if hasFailed { span.errors += 1 }
        }
        state.withLock { state in
            state.fine.change(at: now, count)
            state.coarse.change(at: now, count)
        }
    }

    /// Everything in order, oldest first.
    func history() -> (fine: [LivePoint], coarse: [LivePoint]) {
        let now = time.timestamp()
        let (fine, coarse) = state.withLock { ($0.fine.all(at: now), $0.coarse.all(at: now)) }
        return (
            fine.map { LivePoint($0.start, width: Self.fine.width, $0.span) },
            coarse.map { LivePoint($0.start, width: Self.coarse.width, $0.span) }
        )
    }

    /// The spans that may have changed since a second ago.
    func newest() -> [LivePoint] {
        let now = time.timestamp()
        let (fine, coarse) = state.withLock { ($0.fine.latest(2, at: now), $0.coarse.latest(2, at: now)) }
        return fine.map { LivePoint($0.start, width: Self.fine.width, $0.span) }
            + coarse.map { LivePoint($0.start, width: Self.coarse.width, $0.span) }
    }

    /// What happened within the last minute or so.
    func lastMinute() -> QuestionSpan {
        let now = time.timestamp()
        return state.withLock { $0.fine.latest(6, at: now) }.map(\.span).reduce(QuestionSpan(), +)
    }

    /// What happened within the last ten seconds or so, and how many seconds that were.
    func lastMoment() -> (span: QuestionSpan, seconds: Double) {
        let now = time.timestamp()
        let spans = state.withLock { $0.fine.latest(2, at: now) }.map(\.span)
        let begun = Double(now.microseconds % Int64(Self.fine.width * 1_000_000)) / 1e6
        return (spans.reduce(QuestionSpan(), +), Double(Self.fine.width) + begun)
    }

    /// What an expert did within the last minute or so.
    func lastMinute(of expert: ExpertID) -> ExpertSpan {
        let now = time.timestamp()
        return (state.withLock { $0.experts[expert] }?.latest(6, at: now) ?? []).map(\.span)
            .reduce(ExpertSpan(), +)
    }

    /// Questions that ended since a moment, oldest first; all that are remembered for nil.
    func lines(since moment: Timestamp?) -> [TraceLine] {
        state.withLock { $0.lines }.filter { moment == nil || $0.at >= moment ?? $0.at }.map(\.line)
    }
}
