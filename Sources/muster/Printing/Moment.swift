import Core
import Foundation

extension Timestamp {
    /// As people read it, in UTC: `2026-11-21 16:31:02`.
    var asMoment: String {
        let date = Date(timeIntervalSince1970: Double(microseconds) / 1_000_000)
        let style = Date.ISO8601FormatStyle().year().month().day().dateTimeSeparator(.space).time(
            includingFractionalSeconds: false)
        return date.formatted(style)
    }

    /// The time of day alone.
    var asTimeOfDay: String { String(asMoment.suffix(8)) }
}
