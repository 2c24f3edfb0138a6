import Core
import Hummingbird

/// The part of an address behind the question mark, read with the refusals that a body's members get.
struct InsightQuery {
    private let request: Request

    init(_ request: Request) { self.request = request }

    /// The value, of at most 200 characters; nil if it is absent or empty.
    func text(_ name: String) throws -> String? {
        guard let written = request.uri.queryParameters[Substring(name)], !written.isEmpty else { return nil }
        guard written.count <= 200, !written.utf8.contains(0) else {
            throw Fault(.invalidRequest, name, "it is no name", expected: "At most 200 characters are expected")
        }
        return String(written)
    }

    func whole(_ name: String, _ range: ClosedRange<Int>) throws -> Int? {
        guard let written = try text(name) else { return nil }
        guard let number = Int(written), range.contains(number) else {
            throw Fault(
                .invalidRequest, name, "\"\(written.prefix(20))\" is no such number",
                expected: "A whole number from \(range.lowerBound) to \(range.upperBound) is expected")
        }
        return number
    }

    /// An amount of money.
    func dollars(_ name: String) throws -> Double? {
        guard let written = try text(name) else { return nil }
        guard let number = Double(written), (0...1_000_000).contains(number) else {
            throw Fault(
                .invalidRequest, name, "\"\(written.prefix(20))\" is no amount",
                expected: "Dollars from 0 to 1000000 are expected")
        }
        return number
    }

    /// A day in UTC, or seconds since 1970.
    func moment(_ name: String) throws -> Timestamp? {
        guard let written = try text(name) else { return nil }
        if let seconds = Int64(written), (0...253_402_300_800).contains(seconds) {
            return Timestamp(microseconds: seconds * 1_000_000)
        }
        guard let day = CalendarDay(text: written) else {
            throw Fault(
                .invalidRequest, name, "\"\(written.prefix(20))\" is no moment",
                expected: "A day such as 2026-11-01, or seconds since 1970, is expected")
        }
        return day.start
    }
}
