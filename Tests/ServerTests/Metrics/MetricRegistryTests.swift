import Metrics
import Server
import Testing

struct MetricRegistryTests {
    private let hits = Metric("hits", .counter, "Hits.", labels: ["by"])

    private func values(_ metrics: MetricRegistry, of name: String) async -> [[String]: Double] {
        let series = await metrics.families().filter { $0.metric.name == name }.flatMap(\.series)
        return Dictionary(
            series.map { series in
                if case .number(let number) = series.value { (series.labels, number) } else { (series.labels, -1) }
            }, uniquingKeysWith: +)
    }

    @Test func countsByLabels() async {
        let metrics = MetricRegistry()
        metrics.add(to: hits, "a")
        metrics.add(2, to: hits, "a")
        metrics.add(to: hits, "b")
        #expect(await values(metrics, of: "hits") == [["a"]: 3, ["b"]: 1])
    }

    /// 500 combinations stand on their own; what comes after is counted, but together.
    @Test func neverKeepsMoreThanFiveHundredCombinations() async {
        let metrics = MetricRegistry()
        for number in 0..<2_000 { metrics.add(to: hits, "client-\(number)") }
        metrics.add(to: hits, "client-7")
        let values = await values(metrics, of: "hits")
        #expect(values.count == 501)
        #expect(values[["other"]] == 1_500)
        #expect(values[["client-7"]] == 2)
        #expect(await self.values(metrics, of: "muster_metric_series_folded") == [[]: 1_500])
    }

    @Test func aLongLabelIsCut() async {
        let metrics = MetricRegistry()
        metrics.add(to: hits, String(repeating: "x", count: 100_000))
        #expect(await values(metrics, of: "hits").keys.map(\.[0].count) == [200])
    }

    @Test func whatIsNoNumberSpoilsNothing() async {
        let metrics = MetricRegistry()
        metrics.add(.nan, to: hits, "a")
        metrics.add(.infinity, to: hits, "a")
        metrics.add(1, to: hits, "a")
        #expect(await values(metrics, of: "hits") == [["a"]: 1])
    }

    @Test func twoMetricsOfOneNameAreNeverMixed() async {
        let metrics = MetricRegistry()
        metrics.add(to: hits, "a")
        metrics.add(5, to: Metric("hits", .gauge, "Other hits."))
        #expect(await values(metrics, of: "hits") == [["a"]: 1])
    }

    @Test func showsWhatLibrariesCount() async {
        let metrics = MetricRegistry()
        Counter(label: "lib.calls_total", dimensions: [("to-whom", "x")], factory: metrics).increment(by: 4)
        Gauge(label: "lib.depth", dimensions: [], factory: metrics).record(3)
        Meter(label: "lib.level", dimensions: [], factory: metrics).set(2.5)
        Timer(label: "lib.took", dimensions: [], factory: metrics).recordMilliseconds(250)
        let families = await metrics.families()
        let text = MetricText.of(families, as: .prometheus)
        #expect(text.contains(#"lib_calls_total{to_whom="x"} 4.0"#))
        #expect(text.contains("lib_depth 3.0") && text.contains("lib_level 2.5"))
        #expect(text.contains("lib_took_sum 0.25") && text.contains(#"lib_took_bucket{le="0.256"} 1"#))
    }

    @Test func asksOthersWhenItIsRead() async {
        let metrics = MetricRegistry()
        metrics.include(gauge: "depth", "Depth.") { 9 }
        metrics.include(counter: "lost", "Lost.") { 2 }
        #expect(await values(metrics, of: "depth") == [[]: 9])
        #expect(MetricText.of(await metrics.families(), as: .prometheus).contains("lost_total 2.0"))
    }

    @Test func countsFromManyThreadsAreAllThere() async {
        let metrics = MetricRegistry()
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<8 {
                group.addTask { [hits] in
                    for _ in 0..<1_000 { metrics.add(to: hits, "\(worker % 2)") }
                }
            }
        }
        #expect(await values(metrics, of: "hits") == [["0"]: 4_000, ["1"]: 4_000])
    }
}
