import Hummingbird

/// Counts something in a gauge for as long as it is held: also where its end is never told, as when a client leaves
/// before its stream began.
final class InFlight: Sendable {
    private let metrics: MetricRegistry
    private let gauge: Metric

    init(_ gauge: Metric, in metrics: MetricRegistry) {
        self.gauge = gauge
        self.metrics = metrics
        metrics.add(to: gauge)
    }

    deinit { metrics.add(-1, to: gauge) }
}

extension Response {
    /// The same response, counted among the open streams and the requests in flight until its body is written.
    func counted(in metrics: MetricRegistry, _ request: InFlight) -> Response {
        guard body.contentLength == nil else { return self }
        var counted = self
        let body = body
        let stream = InFlight(.openStreams, in: metrics)
        counted.body = ResponseBody { writer in
            try await body.write(writer)
            withExtendedLifetime((request, stream)) {}
        }
        return counted
    }
}
