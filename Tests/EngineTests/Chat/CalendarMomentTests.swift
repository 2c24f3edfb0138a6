import Engine
import Testing

struct CalendarMomentTests {
    /// 26 July 2024 was a Friday, day 31 + 29 + 31 + 30 + 31 + 30 + 26 = 208 of a leap year.
    @Test func writesADateByAPattern() throws {
        let now = CalendarMoment(year: 2024, month: 7, day: 26, hour: 13, minute: 5, second: 3)
        let source = "{{ strftime_now('%a %A %d %b %B %Y %y %H:%M:%S %I%p %j %m %-m %%') }}"
        #expect(
            try ChatTemplate(source).render([], with: ChatVariables(now: now))
                == "Fri Friday 26 Jul July 2024 24 13:05:03 01PM 208 07 7 %")
    }

    /// 1 January 2000 was a Saturday, 29 February 2000 a Tuesday.
    @Test(arguments: [
        (2000, 1, 1, "Saturday"), (2000, 2, 29, "Tuesday"), (1, 1, 1, "Monday"), (1970, 1, 1, "Thursday"),
    ])
    func knowsTheWeekday(year: Int, month: Int, day: Int, weekday: String) throws {
        let now = CalendarMoment(year: year, month: month, day: day)
        #expect(try ChatTemplate("{{ strftime_now('%A') }}").render([], with: ChatVariables(now: now)) == weekday)
    }

    @Test func refusesDaysThatAreNone() {
        #expect(CalendarMoment(year: 2023, month: 2, day: 29) == nil)
        #expect(CalendarMoment(year: 1900, month: 2, day: 29) == nil)
        #expect(CalendarMoment(year: 2024, month: 13, day: 1) == nil)
        #expect(CalendarMoment(year: 2024, month: 1, day: 1, hour: 24) == nil)
    }

    @Test func isUndefinedWithoutAClock() throws {
        #expect(try rendered("{{ strftime_now is defined }}") == "False")
    }
}
