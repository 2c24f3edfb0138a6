import Core
import Hummingbird

/// `GET /admin/shadow`: what second experts said off the path, and what that cost today.
struct AdminShadow: Sendable {
    let steward: (any Steward)?

    private struct Listing: Encodable {
        var object = "list"
        var today: ShadowReport.Today
        var data: [ShadowReport.Line]
    }

    func respond() async throws -> Response {
        guard let steward else { throw AdminParts.nobodyDoes }
        let report = try await steward.shadows()
        return .json(try JSONText.of(Listing(today: report.today, data: report.lines)))
    }
}
