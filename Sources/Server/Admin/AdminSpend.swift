import Core
import Hummingbird

/// `GET /admin/spend?by=key|expert|route&since=2026-11-01`: what experts have cost, as far back as traces are kept.
struct AdminSpend: Sendable {
    let prices: any PriceStore
    let time: TimeSource

    private struct Report: Encodable {
        var object = "list"
        var by: String
        var since: Timestamp
        var data: [SpendReport.Line]
    }

    func respond(to request: Request) async throws -> Response {
        let written = request.uri.queryParameters["by"].map(String.init) ?? "key"
        guard let grouping = SpendReport.Grouping(rawValue: written) else {
            throw Fault(
                .invalidRequest, "by", "\"\(written.prefix(20))\" is nothing to add up by",
                expected: "key, expert or route is expected")
        }
        let since = try since(request.uri.queryParameters["since"].map(String.init))
        let lines = try await prices.spend(by: grouping, since: since)
        return .json(try JSONText.of(Report(by: written, since: since, data: lines)))
    }

    /// The first of this month if nothing is written.
    private func since(_ written: String?) throws -> Timestamp {
        let today = CalendarDay(of: time.timestamp())
        guard let written else { return CalendarDay(number: today.number - today.day + 1).start }
        if let seconds = Int64(written), (0...253_402_300_800).contains(seconds) {
            return Timestamp(microseconds: seconds * 1_000_000)
        }
        guard let day = CalendarDay(text: written) else {
            throw Fault(
                .invalidRequest, "since", "\"\(written.prefix(20))\" is no moment",
                expected: "A day such as 2026-11-01, or seconds since 1970, is expected")
        }
        return day.start
    }
}
