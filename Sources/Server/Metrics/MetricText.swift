/// Figures as Prometheus reads them: its text format 0.0.4, or OpenMetrics 1.0 for those who ask for it.
package struct MetricText {
    package enum Form: Sendable, Hashable, CaseIterable {
        case prometheus, openMetrics

        /// What `Accept` asks for; Prometheus' own if it does not say.
        package init(accept: String?) {
            self = accept?.lowercased().contains("application/openmetrics-text") == true ? .openMetrics : .prometheus
        }

        package var contentType: String {
            switch self {
            case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
            case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
            }
        }
    }

    private let form: Form
    private var text = ""

    /// The text of these families in this form.
    package static func of(_ families: [MetricFamily], as form: Form) -> String {
        var writer = MetricText(form: form)
        for family in families where !family.series.isEmpty { writer.write(family) }
        if form == .openMetrics { writer.text += "# EOF\n" }
        return writer.text
    }

    private init(form: Form) { self.form = form }

    private mutating func write(_ family: MetricFamily) {
        let metric = family.metric
        // OpenMetrics names a counter without the `_total` of its samples.
        let name = metric.isCounter && form == .prometheus ? metric.name + "_total" : metric.name
        text += "# HELP \(name) \(escapedHelp(metric.help))\n# TYPE \(name) \(Self.word(for: metric.kind))\n"
        for series in family.series { write(series, of: metric) }
    }

    private mutating func write(_ series: MetricFamily.Series, of metric: Metric) {
        let labels = zip(metric.labels, series.labels).map { "\($0)=\"\(Self.escaped($1))\"" }
        switch series.value {
        case .number(let number): sample(metric.name + (metric.isCounter ? "_total" : ""), labels, Self.number(number))
        case .histogram(let counts, let sum):
            guard case .histogram(let bounds) = metric.kind else { return }
            var total = 0
            for (place, count) in counts.enumerated() {
                total += count
                let bound = place < bounds.count ? Self.number(bounds[place]) : "+Inf"
                sample(metric.name + "_bucket", labels + ["le=\"\(bound)\""], String(total))
            }
            sample(metric.name + "_sum", labels, Self.number(sum))
            sample(metric.name + "_count", labels, String(total))
        }
    }

    private mutating func sample(_ name: String, _ labels: [String], _ value: String) {
        text += labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels.joined(separator: ","))} \(value)\n"
    }

    private static func word(for kind: Metric.Kind) -> String {
        switch kind {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        }
    }

    /// The shortest text that reads back as the same number.
    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return "\(value)"
    }

    private static func escaped(_ value: String) -> String {
        guard value.utf8.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\"") || $0 < 0x20 }) else {
            return value
        }
        var text = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n": text += "\\n"
            // Readers that split at line ends of other systems would see two lines.
            case "\r": text += " "
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    private func escapedHelp(_ help: String) -> String {
        let escaped = help.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
        return form == .openMetrics ? escaped.replacing("\"", with: "\\\"") : escaped
    }
}
