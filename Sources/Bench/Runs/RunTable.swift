import Core
import Foundation

/// Runs side by side as rows of text, one a run; whoever prints them aligns the columns.
public struct RunTable: Sendable, Hashable {
    /// What stands above each column.
    public static let header = [
        "run", "strategy", "strict %", "flexible %", "cut", "empty", "refused", "failed", "calls", "tokens in/out",
        "seconds", "$", "visits",
    ]

    /// As many texts as `header` has, for each report in order.
    public let rows: [[String]]

    public init(_ reports: [RunReport]) {
        rows = reports.map { report in
            [
                report.id + (report.state == .finished ? "" : " (stopped)"), report.strategy,
                Self.share(report.strict), Self.share(report.flexible), String(report.cut), String(report.empty),
                String(report.refused), String(report.failed), String(report.calls),
                "\(report.promptTokens)/\(report.completionTokens)",
                Self.decimals(report.seconds, 1), Self.decimals(report.dollars, 5),
                report.visits.map { "\($0.expert) \($0.count)×" }.joined(separator: ", "),
            ]
        }
    }

    /// `73.3 [60.9–82.9]`; a dash where nothing was graded.
    static func share(_ share: RunReport.Share) -> String {
        guard share.of > 0 else { return "–" }
        let percent = { (value: Double) in decimals(100 * value, 1) }
        return "\(percent(share.share)) [\(percent(share.low))–\(percent(share.high))]"
    }

    private static func decimals(_ value: Double, _ count: Int) -> String {
        String(format: "%.\(count)f", locale: Locale(identifier: "en_US_POSIX"), value)
    }
}
