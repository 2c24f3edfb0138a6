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

    init(_ metrics: MetricRegistry) {
        self.metrics = metrics
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

    /// - Parameter failure: the code of what went wrong; nil if nothing did.
    func end(_ endpoint: String, status: Int, seconds: Double, failure: String?) {
        let series = endings[Ending(endpoint: endpoint, status: status)]
        series.count.add(1)
        series.seconds.observe(seconds)
        if let failure { metrics.add(to: .errors, endpoint, failure) }
    }
}
