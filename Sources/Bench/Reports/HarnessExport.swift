public import Core
import Foundation

/// A run as the result file of lm-evaluation-harness, so that tools that read those can read ours.
///
/// Source: EleutherAI lm-evaluation-harness, `results_*.json`: a metric is named `exact_match,FILTER`, its error is that
/// of a mean, √(p(1 − p)/(n − 1)). What we do not know is left out.
public struct HarnessExport: Sendable {
    /// JSON with sorted keys.
    public let json: [UInt8]

    /// - Parameter suite: of the runs' suites, those that are at hand; for number of examples and metric.
    public init(_ records: [RunRecord], suites: [String: SuiteSpec]) {
        var results: [String: JSONValue] = [:]
        var versions: [String: JSONValue] = [:]
        var shots: [String: JSONValue] = [:]
        var counts: [String: JSONValue] = [:]
        var configs: [String: JSONValue] = [:]
        var better: [String: JSONValue] = [:]
        for record in records {
            let (name, report) = (Self.name(of: record, among: records), record.report)
            let spec = suites[record.run.suite]
            let metric = spec?.metric.kind == .tests ? "pass@1" : "exact_match"
            let filters: [(String, RunReport.Share)] =
                spec?.metric.kind == .tests
                ? [("create_test", report.strict)]
                : [("strict-match", report.strict), ("flexible-extract", report.flexible)]
            var values: [String: JSONValue] = ["alias": .string(name)]
            for (filter, share) in filters {
                values["\(metric),\(filter)"] = .number(share.share)
                let n = Double(share.of)
                values["\(metric)_stderr,\(filter)"] =
                    n > 1 ? .number((share.share * (1 - share.share) / (n - 1)).squareRoot()) : .string("N/A")
            }
            results[name] = .object(values)
            versions[name] = .string(record.run.promptVersion)
            shots[name] = .integer(spec?.examples.count ?? 0)
            counts[name] = .object(["original": .integer(report.questions), "effective": .integer(report.strict.of)])
            better[name] = .object([metric: .bool(true)])
            configs[name] = .object([
                "task": .string(record.run.suite), "output_type": .string("generate_until"),
                "num_fewshot": .integer(spec?.examples.count ?? 0),
                "metadata": .object([
                    "muster_run": .string(record.run.id), "strategy": .string(record.run.strategy),
                    "prompt_version": .string(record.run.promptVersion), "data": .string(record.run.data),
                ]),
            ])
        }
        let first = records.first
        let whole: [String: JSONValue] = [
            "results": .object(results), "group_subtasks": .object([:]), "configs": .object(configs),
            "versions": .object(versions), "n-shot": .object(shots), "n-samples": .object(counts),
            "higher_is_better": .object(better),
            "config": .object([
                "model": .string("muster"),
                "model_args": .string(Array(Set(records.map(\.run.strategy))).sorted().joined(separator: ",")),
                "random_seed": .string(first.map { String($0.run.seed) } ?? ""),
            ]),
            "date": .number(first.map { Double($0.run.startedAt.microseconds) / 1_000_000 } ?? 0),
            "model_source": .string("muster"), "model_name": .string(first?.run.strategy ?? ""),
            "total_evaluation_time_seconds": .string(
                Numerals.decimals(records.reduce(0) { $0 + $1.report.seconds }, 3)),
        ]
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        json = [UInt8]((try? encoder.encode(JSONValue.object(whole))) ?? Data("{}".utf8))
    }

    /// The suite's name, with the run's where a suite has several.
    private static func name(of record: RunRecord, among records: [RunRecord]) -> String {
        let isOnly = records.count { $0.run.suite == record.run.suite } == 1
        return isOnly ? record.run.suite : "\(record.run.suite)/\(record.run.id)"
    }
}
