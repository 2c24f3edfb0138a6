import Foundation
import Server
import Testing

/// The manual names every figure, with its labels.
struct MetricManualTests {
    @Test func everyMetricStandsInTheManual() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let manual = try String(contentsOf: root.appendingPathComponent("docs/seeing.md"), encoding: .utf8)
        for metric in Metric.catalogue {
            #expect(manual.contains("`\(metric.name)\(metric.isCounter ? "_total" : "")`"), "\(metric.name)")
            for label in metric.labels { #expect(manual.contains("`\(label)`"), "\(metric.name) \(label)") }
        }
    }
}
