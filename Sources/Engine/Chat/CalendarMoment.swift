/// A date and a time of day on the wall, for templates that tell the model what day it is.
public struct CalendarMoment: Sendable, Equatable {
    public let year: Int
    /// 1 to 12.
    public let month: Int
    /// 1 to 31.
    public let day: Int
    public let hour: Int
    public let minute: Int
    public let second: Int

    /// A moment of the Gregorian calendar; nil for one that does not exist. Years are 1 to 9999.
    public init?(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        guard 1...9999 ~= year, 1...12 ~= month, 0...23 ~= hour, 0...59 ~= minute, 0...59 ~= second else { return nil }
        guard day >= 1, day <= Self.length(ofMonth: month, year: year) else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
        (self.hour, self.minute, self.second) = (hour, minute, second)
    }

    /// 1 to 366.
    var dayOfYear: Int {
        (1..<month).reduce(day) { $0 + Self.length(ofMonth: $1, year: year) }
    }

    /// 0 is Monday. Day 1 of year 1 was one in the calendar as it runs back.
    var weekday: Int {
        let before = year - 1
        return (before * 365 + before / 4 - before / 100 + before / 400 + dayOfYear - 1) % 7
    }

    private static func length(ofMonth month: Int, year: Int) -> Int {
        let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }
}
