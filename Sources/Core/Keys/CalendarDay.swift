/// A day of the Gregorian calendar in UTC.
///
/// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March there, so that the leap
/// day is a year's last.
public struct CalendarDay: Sendable, Hashable {
    /// Days since 1970-01-01.
    public let number: Int
    public let year: Int
    /// 1 to 12.
    public let month: Int
    /// 1 to 31.
    public let day: Int

    private static let microseconds: Int64 = 86_400_000_000
    /// From 0000-03-01 to 1970-01-01.
    private static let daysBefore1970 = 719_468
    private static let daysInFourCenturies = 146_097

    public init(of moment: Timestamp) {
        let (days, rest) = moment.microseconds.quotientAndRemainder(dividingBy: Self.microseconds)
        self.init(number: Int(rest < 0 ? days - 1 : days))
    }

    public init(number: Int) {
        self.number = number
        let shifted = number + Self.daysBefore1970
        let era = (shifted >= 0 ? shifted : shifted - Self.daysInFourCenturies + 1) / Self.daysInFourCenturies
        let dayOfEra = shifted - era * Self.daysInFourCenturies
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// The first day of the month after this one.
    public var nextMonth: CalendarDay {
        // 31 days after the first of a month the next one has begun, and is at most three days old.
        let later = CalendarDay(number: number - day + 1 + 31)
        return CalendarDay(number: later.number - later.day + 1)
    }

    /// Midnight, when the day begins.
    public var start: Timestamp { Timestamp(microseconds: Int64(number) * Self.microseconds) }

    /// `2026-11-21`.
    public var text: String {
        [(year, 4), (month, 2), (day, 2)].map { number, digits in
            let text = String(number)
            return String(repeating: "0", count: max(0, digits - text.count)) + text
        }.joined(separator: "-")
    }
}

extension CalendarDay {
    /// A day written as `2026-11-21`; nil for anything else, and for a day that does not exist.
    public init?(text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2],
            let year = Int(parts[0]), (1...9999).contains(year), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        let shifted = year - (month <= 2 ? 1 : 0)
        let (era, yearOfEra) = (shifted / 400, shifted % 400)
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(number: era * Self.daysInFourCenturies + dayOfEra - Self.daysBefore1970)
        guard self.text == text else { return nil }
    }
}
