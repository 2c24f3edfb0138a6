import Core
import Hummingbird

/// `GET /admin/canaries`: where experts stand by their canaries, how they began and how they do now.
struct AdminCanaries: Sendable {
    let steward: (any Steward)?

    private struct Listing: Encodable {
        var object = "list"
        var data: [CanaryStanding]
    }

    func respond() throws -> Response {
        .json(try JSONText.of(Listing(data: steward?.canaries().standings ?? [])))
    }
}
