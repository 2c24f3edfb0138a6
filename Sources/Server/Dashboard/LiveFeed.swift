import Core
import Pipeline
import Synchronization

/// Makes what the page is told every second; once for all pages that look.
final class LiveFeed: Sendable {
    /// A second, less what timers are late or early.
    private static let freshness = Duration.milliseconds(900)
    /// Questions are told for so long, so that one that ended between two events is in one of them.
    private static let overlap: Int64 = 3_000_000

    private let board: LiveBoard
    private let directory: @Sendable () -> ExpertDirectory
    private let figures: RequestFigures
    private let time: TimeSource
    private let made = Mutex<(at: TimeSource.Instant, text: String)?>(nil)

    init(
        board: LiveBoard, directory: @escaping @Sendable () -> ExpertDirectory, figures: RequestFigures,
        time: TimeSource
    ) {
        self.board = board
        self.directory = directory
        self.figures = figures
        self.time = time
    }

    /// The first event of a page: the last hour and the last day.
    func history() async throws -> String {
        let (hour, day) = board.history()
        var now = await report()
        now.traces = board.lines(since: nil)
        return Self.event("history", try JSONText.of(LiveHistory(hour: hour, day: day, now: now)))
    }

    /// The event of this second.
    func now() async throws -> String {
        if let last = made.withLock({ $0 }), time.now().offset - last.at.offset < Self.freshness { return last.text }
        let text = Self.event("now", try JSONText.of(await report()))
        made.withLock { $0 = (time.now(), text) }
        return text
    }

    private static func event(_ name: String, _ data: String) -> String { "event: \(name)\ndata: \(data)\n\n" }

    private func report() async -> LiveReport {
        let minute = board.lastMinute()
        let moment = board.lastMoment()
        let now = time.timestamp()
        return LiveReport(
            at: now, requestsPerSecond: Double(moment.span.requests) / moment.seconds,
            questionsPerSecond: Double(moment.span.questions) / moment.seconds,
            tokensPerSecond: Double(moment.span.tokens) / moment.seconds, errors: minute.errors,
            dollarsPerHour: minute.dollars * 60, latency: LivePoint.Quantiles(minute.seconds),
            firstText: LivePoint.Quantiles(minute.firstText), requestsInFlight: figures.inFlightCount,
            openStreams: figures.openStreamCount, residentBytes: ProcessFigures().residentBytes,
            points: board.newest(), experts: await experts(),
            traces: board.lines(since: Timestamp(microseconds: now.microseconds - Self.overlap)))
    }

    private func experts() async -> [LiveExpert] {
        let directory = directory()
        var experts: [LiveExpert] = []
        for (card, health) in await directory.states() {
            guard let expert = directory[card.id] else { continue }
            experts.append(
                LiveExpert(
                    expert, health, isPaused: directory.pauses.contains(card.id), board.lastMinute(of: card.id)))
        }
        return experts
    }
}
