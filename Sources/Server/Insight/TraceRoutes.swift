import Core
import Hummingbird

/// `GET /v1/traces` and `GET /v1/traces/{id}`: what was decided for earlier questions, and why.
struct TraceRoutes: Sendable {
    /// The most traces in one answer.
    static let most = 1000

    let store: any TraceStore

    private struct Listing: Encodable {
        var object = "list"
        var data: [Trace]
    }

    func list(limit written: String?) async throws -> Response {
        try OwnTraces.checkListing()
        var limit = 20
        if let written {
            guard let number = Int(written), (1...Self.most).contains(number) else {
                throw Fault(
                    .invalidRequest, "limit", "\"\(written.prefix(20))\" is not a number of traces",
                    expected: "A whole number from 1 to \(Self.most) is expected")
            }
            limit = number
        }
        return .json(try JSONText.of(Listing(data: try await store.traces(limit: limit))))
    }

    func one(_ id: String) async throws -> Response {
        guard id.utf8.count <= RequestOrigin.longestID, let trace = try await OwnTraces(store: store).trace(id) else {
            throw Refusal(
                .notFound, code: "trace_not_found",
                "There is no trace \"\(id.prefix(64))\". GET /v1/traces lists the latest; old ones are deleted.",
                param: "id")
        }
        return .json(try JSONText.of(trace))
    }
}
