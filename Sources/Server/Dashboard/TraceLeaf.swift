import Core
import Hummingbird

/// `GET /insight/traces`: a part of the list of traces, newest first, and where the next begins.
struct TraceLeaf: Sendable {
    let store: any InsightStore

    private struct Listing: Encodable {
        var object = "list"
        var data: [TraceLine]
        var hasMore: Bool
        /// As `after` takes it.
        var next: String?
    }

    func respond(_ query: InsightQuery) async throws -> Response {
        let page = try await store.lines(
            try filter(query), after: try cursor(query.text("after")), limit: try query.whole("limit", 1...200) ?? 50)
        return .json(
            try JSONText.of(
                Listing(data: page.lines, hasMore: page.next != nil, next: page.next?.text)))
    }

    private func filter(_ query: InsightQuery) throws -> TraceFilter {
        var filter = TraceFilter(
            route: try query.text("route"), expert: try query.text("expert").map { ExpertID($0) },
            skill: try query.text("skill").map { SkillName($0) }, leastDollars: try query.dollars("min_cost"),
            mostDollars: try query.dollars("max_cost"))
        guard let written = try query.text("outcome") else { return filter }
        guard let outcome = Trace.Outcome(rawValue: written) else {
            throw Fault(
                .invalidRequest, "outcome", "\"\(written.prefix(20))\" is no outcome",
                expected:
                    "One of \(Trace.Outcome.listed.map(\.rawValue).joined(separator: ", ")) is expected")
        }
        filter.outcome = outcome
        return filter
    }

    private func cursor(_ written: String?) throws -> TraceCursor? {
        guard let written else { return nil }
        guard let cursor = TraceCursor(text: written) else {
            throw Fault(
                .invalidRequest, "after", "\"\(written.prefix(40))\" is no place in the list",
                expected: "The member next of an earlier answer is expected")
        }
        return cursor
    }
}

extension Trace.Outcome {
    /// Those that finished questions have.
    static let listed: [Self] = [.complete, .truncated, .failedOver, .failed, .clientGone, .decided]
}
