/// What is counted of requests, whichever endpoint they go to.
struct RequestFigures: Sendable {
    private struct Ending: Hashable {
        var endpoint: String
        var status: Int
    }

    private let endings: SeriesShelf<Ending, (count: MetricSeries, seconds: MetricSeries)>
    private let inFlight: MetricSeries
    private let openStreams: MetricSeries
    private let metrics: MetricRegistry
    /// Nil where there is no dashboard.
    private let board: LiveBoard?

    init(_ metrics: MetricRegistry, board: LiveBoard? = nil) {
        self.metrics = metrics
        self.board = board
        endings = SeriesShelf { ending in
            (
                metrics.series(of: .requests, [ending.endpoint, String(ending.status)]),
                metrics.series(of: .requestSeconds, [ending.endpoint])
            )
        }
        inFlight = metrics.series(of: .requestsInFlight, [])
        openStreams = metrics.series(of: .openStreams, [])
    }

    /// One that is being answered, for as long as this is held.
    func begin() -> InFlight { InFlight(inFlight) }

    /// An answer that is being streamed, for as long as this is held.
    func beginStream() -> InFlight { InFlight(openStreams) }

    var inFlightCount: Int { Self.whole(inFlight) }
    var openStreamCount: Int { Self.whole(openStreams) }

    private static func whole(_ gauge: MetricSeries) -> Int {
        if case .number(let number) = gauge.value { Int(number) } else { 0 }
    }

    /// Endpoints whose requests the dashboard counts.
    private static let asking: Set<String> = ["chat", "messages", "responses", "embeddings"]

    /// - Parameter failure: the code of what went wrong; nil if nothing did.
    func end(_ endpoint: String, status: Int, seconds: Double, failure: String?) {
        let series = endings[Ending(endpoint: endpoint, status: status)]
        series.count.add(1)
        series.seconds.observe(seconds)
        if let failure { metrics.add(to: .errors, endpoint, failure) }
        if Self.asking.contains(endpoint) { board?.ended(hasFailed: failure != nil && failure != "client_gone") }
    }
}
