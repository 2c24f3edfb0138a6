public import Metrics

/// The registry as the back end of swift-metrics, so that what libraries count is shown as well.
extension MetricRegistry: MetricsFactory {
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        Handler(series(label, dimensions, .counter))
    }

    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        Handler(series(label, dimensions, .counter))
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        Handler(series(label, dimensions, .gauge))
    }

    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        aggregate
            ? Handler(series(label, dimensions, .histogram(Metric.sizes)), isHistogram: true)
            : Handler(series(label, dimensions, .gauge))
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        Handler(series(label, dimensions, .histogram(Metric.durations)), isHistogram: true)
    }

    // Series are few and bounded: they stay for as long as the process.
    public func destroyCounter(_ handler: any CounterHandler) {}
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    public func destroyMeter(_ handler: any MeterHandler) {}
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    public func destroyTimer(_ handler: any TimerHandler) {}

    private func series(_ label: String, _ dimensions: [(String, String)], _ kind: Metric.Kind) -> MetricSeries {
        var name = label
        if kind == .counter, name.hasSuffix("_total") { name.removeLast("_total".count) }
        let metric = Metric(name, kind, "Counted by a library.", labels: dimensions.map(\.0))
        return series(of: metric, dimensions.map(\.1))
    }

    /// One series as all of swift-metrics' handlers.
    private final class Handler: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler,
        TimerHandler
    {
        private let series: MetricSeries
        private let isHistogram: Bool

        init(_ series: MetricSeries, isHistogram: Bool = false) {
            self.series = series
            self.isHistogram = isHistogram
        }

        func increment(by amount: Int64) { series.add(Double(amount)) }
        func increment(by amount: Double) { series.add(amount) }
        func decrement(by amount: Double) { series.add(-amount) }
        func set(_ value: Int64) { series.set(Double(value)) }
        func set(_ value: Double) { series.set(value) }
        func record(_ value: Int64) { record(Double(value)) }
        func record(_ value: Double) { isHistogram ? series.observe(value) : series.set(value) }
        func recordNanoseconds(_ duration: Int64) { series.observe(Double(duration) / 1e9) }
        func reset() { series.reset() }
    }
}
