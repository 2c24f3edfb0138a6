import Hummingbird

/// Counts something in a gauge for as long as it is held: also where its end is never told, as when a client leaves
/// before its stream began.
final class InFlight: Sendable {
    private let gauge: MetricSeries

    init(_ gauge: MetricSeries) {
        self.gauge = gauge
        gauge.add(1)
    }

    deinit { gauge.add(-1) }
}

extension Response {
    /// The same response; a stream counts as open, and its request as in flight, until its body is written.
    func counted(in figures: RequestFigures, _ request: InFlight) -> Response {
        guard body.contentLength == nil else { return self }
        var counted = self
        let body = body
        let stream = figures.beginStream()
        counted.body = ResponseBody { writer in
            try await body.write(writer)
            withExtendedLifetime((request, stream)) {}
        }
        return counted
    }
}
