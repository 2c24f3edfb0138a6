import Core
import Testing

struct BudgetPeriodTests {
    private func moment(_ day: String, seconds: Int64 = 0) throws -> Timestamp {
        Timestamp(microseconds: try #require(CalendarDay(text: day)).start.microseconds + seconds * 1_000_000)
    }

    // `date -u -d @…` says so.
    @Test(arguments: [
        ("1970-01-01", 0), ("2000-02-29", 951_782_400), ("2026-11-21", 1_795_219_200), ("1969-12-31", -86_400),
        ("2100-03-01", 4_107_542_400),
    ])
    func daysAndSecondsAgree(_ day: String, seconds: Int64) throws {
        #expect(try moment(day).microseconds == seconds * 1_000_000)
        #expect(CalendarDay(of: Timestamp(microseconds: seconds * 1_000_000)).text == day)
        #expect(CalendarDay(of: Timestamp(microseconds: seconds * 1_000_000 + 86_399_999_999)).text == day)
    }

    @Test(arguments: ["2026-02-30", "2025-02-29", "2026-13-01", "2026-1-1", "today", "", "2026-00-10", "-026-01-01"])
    func aDayThatDoesNotExistIsNone(_ text: String) { #expect(CalendarDay(text: text) == nil) }

    @Test func everyDayOfFourCenturiesFollowsTheOneBefore() throws {
        let start = try #require(CalendarDay(text: "1999-12-31"))
        var before = start
        for number in start.number + 1...start.number + 146_097 {
            let day = CalendarDay(number: number)
            let follows = day.month == before.month && day.day == before.day + 1 || day.day == 1 && before.day >= 28
            #expect(follows && CalendarDay(text: day.text)?.number == number)
            before = day
        }
    }

    @Test func aMonthEndsWhenTheNextBegins() throws {
        let span = BudgetPeriod.month.span(at: try moment("2026-01-31", seconds: 86_399))
        #expect(span.name == "2026-01")
        #expect(try span.renewsAt == moment("2026-02-01"))
        #expect(try BudgetPeriod.month.span(at: moment("2026-12-01")).renewsAt == moment("2027-01-01"))
        #expect(try BudgetPeriod.month.span(at: moment("2026-02-01")).renewsAt == moment("2026-03-01"))
    }

    @Test func aDayEndsAtMidnightAndATotalNever() throws {
        let late = try moment("2026-11-21", seconds: 86_399)
        #expect(BudgetPeriod.day.span(at: late).name == "2026-11-21")
        #expect(try BudgetPeriod.day.span(at: late).renewsAt == moment("2026-11-22"))
        #expect(BudgetPeriod.total.span(at: late).name == "total")
        #expect(BudgetPeriod.total.span(at: late).renewsAt == nil)
    }
}
