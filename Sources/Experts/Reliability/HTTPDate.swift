import Core
import Foundation

/// Reads a moment in the three forms of HTTP (RFC 9110, section 5.6.7): today's, RFC 850's and C's `asctime`.
enum HTTPDate {
    /// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`; nil for anything
    /// else.
    ///
    /// - Parameter now: a year of two digits is the one that is nearest, and no more than 50 years ahead.
    static func read(_ text: String, now: Timestamp) -> Date? {
        guard text.utf8.count <= 64 else { return nil }
        let words = text.split(separator: " ").joined(separator: " ")
        let form =
            switch words.firstIndex(of: ",").map({ words[..<$0].count }) {
            case nil: "EEE MMM d HH:mm:ss yyyy"
            case 3: "EEE, dd MMM yyyy HH:mm:ss zzz"
            default: "EEEE, dd-MMM-yy HH:mm:ss zzz"
            }
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 0)
        let today = Date(timeIntervalSince1970: Double(now.microseconds) / 1_000_000)
        format.twoDigitStartDate = Calendar(identifier: .gregorian).date(byAdding: .year, value: -50, to: today)
        format.dateFormat = form
        return format.date(from: words)
    }
}
