import Core
import HTTPTypes

/// What one request wants to be different from its route's settings: the member `muster` of a body, or headers
/// `x-muster-…` for clients that cannot add members. Where both say something, the member counts.
struct MusterWishes {
    private(set) var wishes = Wishes()
    /// In place of `model`.
    private(set) var route: String?
    private(set) var wantsTrace = false
    /// Of the question, not of its way through the routes.
    private(set) var steering: Steering?

    private static let known = [
        "route", "seed", "seats", "budget", "retries", "fallback", "explain", "cache", "steering",
    ]
    private static let seeds = 0...(1 << 53) - 1
    private static let seatCounts = 1...64
    private static let retryCounts = 0...10

    init(_ written: JSONValue?, headers: HTTPFields) throws {
        var fields = try RequestFields(written ?? .object([:]), at: "muster")
        let spoken = HeaderWishes(headers)
        route = try fields.text("route") ?? spoken.text(.musterRoute)
        wishes.seed = try (fields.whole("seed", Self.seeds) ?? spoken.whole(.musterSeed, Self.seeds)).map(UInt64.init)
        wishes.seats = try fields.whole("seats", Self.seatCounts) ?? spoken.whole(.musterSeats, Self.seatCounts)
        wantsTrace = try fields.flag("explain") ?? spoken.flag(.musterExplain) ?? false
        wishes.takesKept = try fields.flag("cache") ?? spoken.flag(.musterCache) ?? true
        wishes.retries = try fields.whole("retries", Self.retryCounts)
        wishes.allowsFallback = try fields.flag("fallback") ?? true
        var budget = try RequestFields(fields.take("budget") ?? .object([:]), at: "muster.budget")
        wishes.budget = Budget(
            cost: try budget.number("cost", 0...1_000_000) ?? spoken.number(.musterMaximumCost, 0...1_000_000),
            time: try (budget.number("seconds", 0.001...86_400) ?? spoken.number(.musterMaximumSeconds, 0.001...86_400))
                .map { .seconds($0) },
            calls: try budget.whole("calls", 1...10_000) ?? spoken.whole(.musterMaximumCalls, 1...10_000))
        steering = try fields.take("steering").flatMap { try SteeringWish.read($0, at: "muster.steering") }
        try budget.refuseOthers(known: ["cost", "seconds", "calls"])
        try fields.refuseOthers(known: Self.known)
    }
}

/// Wishes read from headers; each refusal names the header.
private struct HeaderWishes {
    private let headers: HTTPFields

    init(_ headers: HTTPFields) { self.headers = headers }

    func text(_ name: HTTPField.Name) -> String? { headers[name].flatMap { $0.isEmpty ? nil : $0 } }

    func whole(_ name: HTTPField.Name, _ range: ClosedRange<Int>) throws -> Int? {
        try value(name, Int.init, range, "A whole number")
    }

    func number(_ name: HTTPField.Name, _ range: ClosedRange<Double>) throws -> Double? {
        try value(name, Double.init, range, "A number")
    }

    func flag(_ name: HTTPField.Name) throws -> Bool? {
        guard let text = text(name) else { return nil }
        switch text.lowercased() {
        case "true", "1": return true
        case "false", "0": return false
        default: throw refusal(name, text, "true or false")
        }
    }

    private func value<Value: Comparable>(
        _ name: HTTPField.Name, _ read: (String) -> Value?, _ range: ClosedRange<Value>, _ what: String
    ) throws -> Value? {
        guard let text = text(name) else { return nil }
        guard let value = read(text), range.contains(value) else {
            throw refusal(name, text, "\(what) from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    private func refusal(_ name: HTTPField.Name, _ text: String, _ expected: String) -> Fault {
        Fault(
            .invalidRequest, name.rawName, "it is \(JSONText.quoted(String(text.prefix(40))))",
            expected: "\(expected) is expected")
    }
}
