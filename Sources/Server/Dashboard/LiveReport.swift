import Core
import Pipeline

/// One point of the live charts: what happened within a span of time.
struct LivePoint: Encodable {
    /// When the span began.
    var at: Timestamp
    /// In seconds.
    var width: Int
    var requests: Int
    var questions: Int
    var errors: Int
    var dollars: Double
    var tokens: Int
    var latency: Quantiles?
    var firstText: Quantiles?

    /// In seconds.
    struct Quantiles: Encodable {
        var p50: Double
        var p95: Double
        var p99: Double

        init?(_ tally: DurationTally) {
            guard let p50 = tally.quantile(0.5), let p95 = tally.quantile(0.95), let p99 = tally.quantile(0.99) else {
                return nil
            }
            (self.p50, self.p95, self.p99) = (p50, p95, p99)
        }
    }

    init(_ start: Timestamp, width: Int, _ span: QuestionSpan) {
        at = start
        self.width = width
        requests = span.requests
        questions = span.questions
        errors = span.errors
        dollars = span.dollars
        tokens = span.tokens
        latency = Quantiles(span.seconds)
        firstText = Quantiles(span.firstText)
    }
}

/// What is sent when a page is opened.
struct LiveHistory: Encodable {
    var hour: [LivePoint]
    var day: [LivePoint]
    var now: LiveReport
}

/// What is sent every second.
struct LiveReport: Encodable {
    var at: Timestamp
    var requestsPerSecond: Double
    var questionsPerSecond: Double
    var tokensPerSecond: Double
    /// Of the last minute.
    var errors: Int
    /// At the pace of the last minute.
    var dollarsPerHour: Double
    /// Of the last minute; absent where nobody asked.
    var latency: LivePoint.Quantiles?
    var firstText: LivePoint.Quantiles?
    var requestsInFlight: Int
    var openStreams: Int
    var residentBytes: Double?
    /// Points that changed.
    var points: [LivePoint]
    var experts: [LiveExpert]
    /// Questions that ended of late, oldest first; some are told twice.
    var traces: [TraceLine]
}

/// One expert now.
struct LiveExpert: Encodable {
    var id: String
    var kind: String
    var model: String
    /// `ready`, `resting`, `unusable`, `paused`.
    var state: String
    var because: String?
    var retryAfterSeconds: Double?
    /// Absent where another server knows.
    var isLoaded: Bool?
    var active: Int?
    var waiting: Int?
    var places: Int?
    /// Of the last minute, like everything below.
    var calls: Int
    var failures: Int
    var dollars: Double
    /// While it writes; absent where nothing was written.
    var tokensPerSecond: Double?
    var latency: LivePoint.Quantiles?
    var firstText: LivePoint.Quantiles?

    init(_ expert: any Expert, _ health: ExpertHealth, isPaused: Bool, _ span: ExpertSpan) {
        let card = expert.card
        let load = expert.load
        id = card.id.rawValue
        kind = card.kind.rawValue
        model = card.model
        isLoaded = expert.isLoaded
        (active, waiting, places) = (load?.active, load?.waiting, load?.places)
        switch health {
        case .ready: state = "ready"
        case .resting(let wait, let why):
            state = "resting"
            because = why
            retryAfterSeconds = wait.seconds
        case .unusable(let why):
            state = isPaused ? "paused" : "unusable"
            because = why
        }
        calls = span.calls
        failures = span.failures
        dollars = span.dollars
        tokensPerSecond = span.writingSeconds > 0 ? Double(span.tokens) / span.writingSeconds : nil
        latency = LivePoint.Quantiles(span.seconds)
        firstText = LivePoint.Quantiles(span.firstText)
    }
}
