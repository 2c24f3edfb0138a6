/// All values of one metric at one moment.
package struct MetricFamily: Sendable, Hashable {
    /// One combination of labels.
    package struct Series: Sendable, Hashable {
        /// In the order of the metric's labels.
        package var labels: [String]
        package var value: Value

        package init(_ labels: [String], _ value: Value) {
            self.labels = labels
            self.value = value
        }
    }

    package enum Value: Sendable, Hashable {
        case number(Double)
        /// How many values fell to each bound and the one before it, those above all bounds last; and their sum.
        case histogram(counts: [Int], sum: Double)
    }

    package var metric: Metric
    package var series: [Series]

    package init(_ metric: Metric, _ series: [Series]) {
        self.metric = metric
        self.series = series
    }

    /// A metric of one value without labels.
    package init(_ metric: Metric, _ value: Double) { self.init(metric, [Series([], .number(value))]) }
}
