import Core
import Foundation
import Transport

/// How long a server asks to be left alone.
enum RetryAfter {
    /// A longer wait counts as this, in seconds: a day.
    static let longest = 86_400.0

    /// `retry-after-ms`, else `retry-after` in seconds or as a date; nil if the server does not say.
    static func seconds(in response: HTTPResponse, now: Timestamp) -> Double? {
        if let text = response.header("retry-after-ms"), let milliseconds = Double(text) {
            return bounded(milliseconds / 1_000)
        }
        guard let text = response.header("retry-after") else { return nil }
        if let seconds = Double(text) { return bounded(seconds) }
        return date(text).map { bounded($0.timeIntervalSince1970 - Double(now.microseconds) / 1_000_000) }
    }

    private static func bounded(_ seconds: Double) -> Double { seconds.isFinite ? min(max(0, seconds), longest) : longest }

    /// RFC 9110, section 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func date(_ text: String) -> Date? {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 0)
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
        return format.date(from: text)
    }
}
