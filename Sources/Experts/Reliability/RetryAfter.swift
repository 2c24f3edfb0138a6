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
        return date(text).map { min(max(0, $0.timeIntervalSince1970 - Double(now.microseconds) / 1_000_000), longest) }
    }

    /// Digits with at most one point; Swift's own reading would also take `nan`, `inf` and `0x1p3`.
    static func number(_ text: String) -> Double? {
        let text = text.trimmed
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }) else { return nil }
        return Double(text)
    }

    /// Seconds until a moment as RFC 3339 writes it, `2026-01-31T08:15:00Z`; nil for anything else.
    static func seconds(untilInternetDate text: String, _ now: Timestamp) -> Double? {
        guard text.utf8.count <= 40, let date = ISO8601DateFormatter().date(from: text.trimmed) else { return nil }
        return min(max(0, date.timeIntervalSince1970 - Double(now.microseconds) / 1_000_000), longest)
    }

    /// RFC 9110, section 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func date(_ text: String) -> Date? {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 0)
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
        return format.date(from: text.trimmed)
    }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
