package import Core
import Foundation

/// How long a server asks to be left alone.
package enum RetryAfter {
    /// A longer wait counts as this, in seconds: a day.
    package static let longest = 86_400.0

    /// `retry-after-ms`, else `retry-after` in seconds or as a date (RFC 9110, section 10.2.3); nil if the server does
    /// not say, or not in a way that can be read.
    ///
    /// - Parameter header: looks up a header of the response.
    package static func seconds(_ header: (String) -> String?, now: Timestamp) -> Double? {
        if let milliseconds = header("retry-after-ms").flatMap(number) { return min(milliseconds / 1_000, longest) }
        guard let text = header("retry-after") else { return nil }
        if let seconds = number(text) { return min(seconds, longest) }
        return HTTPDate.read(text, now: now).map { seconds(until: $0, now) }
    }

    /// Digits with at most one point; Swift's own reading would also take `nan`, `inf` and `0x1p3`.
    static func number(_ text: String) -> Double? {
        let text = text.trimmed
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }) else { return nil }
        return Double(text)
    }

    /// Seconds until a moment as RFC 3339 writes it, `2026-01-31T08:15:00Z`, with a fraction of a second or none; nil for
    /// anything else.
    static func seconds(untilInternetDate text: String, _ now: Timestamp) -> Double? {
        let text = text.trimmed
        guard text.utf8.count <= 40 else { return nil }
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let digits = parts.count > 1 ? parts[1].prefix { $0.isASCII && $0.isNumber } : "0"
        let whole = parts.count > 1 ? parts[0] + parts[1].dropFirst(digits.count) : parts[0]
        guard let fraction = Double("0.\(digits)"), !digits.isEmpty,
            let date = ISO8601DateFormatter().date(from: String(whole))
        else { return nil }
        return seconds(until: date.addingTimeInterval(fraction), now)
    }

    /// From now to a moment: none if it has passed, and never more than the longest.
    static func seconds(until moment: Date, _ now: Timestamp) -> Double {
        min(max(0, moment.timeIntervalSince1970 - Double(now.microseconds) / 1_000_000), longest)
    }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
