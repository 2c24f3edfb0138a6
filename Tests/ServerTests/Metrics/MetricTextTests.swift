import Server
import Testing

struct MetricTextTests {
    private let counter = Metric("sent", .counter, "Things \\ \"sent\"\nso far.", labels: ["to"])

    @Test func writesPrometheusText() {
        let family = MetricFamily(counter, [.init(["a\"b\\c\nd"], .number(3)), .init(["é"], .number(0.5))])
        #expect(
            MetricText.of([family], as: .prometheus) == #"""
                # HELP sent_total Things \\ "sent"\nso far.
                # TYPE sent_total counter
                sent_total{to="a\"b\\c\nd"} 3.0
                sent_total{to="é"} 0.5

                """#)
    }

    @Test func writesOpenMetrics() {
        let gauge = MetricFamily(Metric("now", .gauge, "Now."), 7)
        #expect(
            MetricText.of([MetricFamily(counter, [.init(["a"], .number(1))]), gauge], as: .openMetrics) == #"""
                # HELP sent Things \\ \"sent\"\nso far.
                # TYPE sent counter
                sent_total{to="a"} 1.0
                # HELP now Now.
                # TYPE now gauge
                now 7.0
                # EOF

                """#)
    }

    /// 0.5 and 1 fall to bound 1, which counts what is not above it; 3 to bound 4; 9 above all: 2, 3, 4 together.
    @Test func aHistogramCountsUpToEachBound() async {
        let metrics = MetricRegistry()
        let metric = Metric("size", .histogram([1, 4]), "Sizes.", labels: ["of"])
        for value in [0.5, 1, 3, 9] { metrics.observe(value, in: metric, "x") }
        let families = await metrics.families().filter { $0.metric.name == "size" }
        #expect(
            MetricText.of(families, as: .prometheus) == """
                # HELP size Sizes.
                # TYPE size histogram
                size_bucket{of="x",le="1.0"} 2
                size_bucket{of="x",le="4.0"} 3
                size_bucket{of="x",le="+Inf"} 4
                size_sum{of="x"} 13.5
                size_count{of="x"} 4

                """)
    }

    @Test func aMetricWithoutValuesIsLeftOut() {
        #expect(MetricText.of([MetricFamily(counter, [])], as: .prometheus).isEmpty)
    }

    @Test(
        arguments: [
            (nil, MetricText.Form.prometheus), ("*/*", .prometheus), ("text/plain", .prometheus),
            ("application/openmetrics-text;version=1.0.0,text/plain;q=0.5", .openMetrics),
        ] as [(String?, MetricText.Form)])
    func theFormIsAskedFor(_ accept: String?, _ form: MetricText.Form) {
        #expect(MetricText.Form(accept: accept) == form)
    }
}
