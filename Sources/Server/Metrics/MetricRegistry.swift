import Core
import Synchronization

/// Every figure of this process, by metric and labels, with a bound on both: what clients write can never fill it.
public final class MetricRegistry: Sendable {
    /// The most combinations of labels of one metric; further ones count together, each label as `other`.
    static let mostSeries = 500
    /// The most metrics; further ones are counted nowhere.
    static let mostMetrics = 500
    /// Longer values of labels are cut, in characters.
    static let longestLabel = 200

    private struct Entry {
        var metric: Metric
        var series: [[String]: MetricSeries] = [:]
    }

    private struct State {
        var entries: [String: Entry] = [:]
        var sources: [@Sendable () async -> [MetricFamily]] = []
        var folded = 0
    }

    private let state = Mutex(State())

    public init() {}

    /// Adds to a counter or a gauge.
    package func add(_ amount: Double = 1, to metric: Metric, _ labels: String...) {
        series(of: metric, labels).add(amount)
    }

    /// Counts a value into a histogram.
    package func observe(_ value: Double, in metric: Metric, _ labels: String...) {
        series(of: metric, labels).observe(value)
    }

    /// Asks `source` whenever the figures are read: for what is known elsewhere.
    package func include(_ source: @escaping @Sendable () async -> [MetricFamily]) {
        state.withLock { $0.sources.append(source) }
    }

    /// A gauge or counter without labels whose value is asked for whenever the figures are read.
    public func include(
        gauge name: String, _ help: String, _ value: @escaping @Sendable () -> Double
    ) {
        let metric = Metric(name, .gauge, help)
        include { [MetricFamily(metric, value())] }
    }

    /// As `include(gauge:)`, for what only grows; the name is without `_total`.
    public func include(
        counter name: String, _ help: String, _ value: @escaping @Sendable () -> Double
    ) {
        let metric = Metric(name, .counter, help)
        include { [MetricFamily(metric, value())] }
    }

    /// Everything now, metrics by name, series by labels; of two families with one name the first counts.
    package func families() async -> [MetricFamily] {
        let (own, sources, folded) = state.withLock { state in
            (
                state.entries.values.map { entry in
                    MetricFamily(entry.metric, entry.series.map { .init($0.key, $0.value.value) })
                }, state.sources, state.folded
            )
        }
        var found = own + [MetricFamily(.seriesFolded, Double(folded))]
        for source in sources { found += await source() }
        var names: Set<String> = []
        return found.filter { names.insert($0.metric.name).inserted }.map { family in
            var family = family
            family.series.sort { $0.labels.lexicographicallyPrecedes($1.labels) }
            return family
        }.sorted { $0.metric.name < $1.metric.name }
    }

    func series(of metric: Metric, _ labels: [String]) -> MetricSeries {
        state.withLock { state in
            if let known = state.entries[metric.name]?.series[labels], state.entries[metric.name]?.metric == metric {
                return known
            }
            return Self.newSeries(of: metric, labels, in: &state)
        }
    }

    /// A series that was not known by these very labels: one that is made, or the one where such are counted together.
    private static func newSeries(of metric: Metric, _ labels: [String], in state: inout State) -> MetricSeries {
        // Somebody else's metric of the same name, or too many: counted where nobody looks.
        if let entry = state.entries[metric.name] {
            guard entry.metric == metric else { return MetricSeries(metric.kind) }
        } else {
            guard state.entries.count < mostMetrics else { return MetricSeries(metric.kind) }
            state.entries[metric.name] = Entry(metric: metric)
        }
        var key = metric.labels.indices.map { $0 < labels.count ? String(labels[$0].prefix(longestLabel)) : "" }
        let count = state.entries[metric.name]?.series.count ?? 0
        if state.entries[metric.name]?.series[key] == nil, count >= mostSeries {
            state.folded += 1
            key = metric.labels.map { _ in "other" }
        }
        if let known = state.entries[metric.name]?.series[key] { return known }
        let made = MetricSeries(metric.kind)
        state.entries[metric.name]?.series[key] = made
        return made
    }
}
