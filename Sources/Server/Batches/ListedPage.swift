import Core
import Hummingbird

/// A part of a list: how much of it a client wants, and how it is written.
struct ListedPage {
    static let most = 100

    /// After the one of this id.
    var after: String?
    var limit: Int

    init(_ request: Request, most: Int = ListedPage.most, usual: Int = 20) throws {
        after = request.uri.queryParameters["after"].map(String.init)
        limit = usual
        guard let written = request.uri.queryParameters["limit"] else { return }
        guard let number = Int(written), (1...most).contains(number) else {
            throw Fault(
                .invalidRequest, "limit", "it is \(JSONText.quoted(String(written.prefix(20))))",
                expected: "A whole number from 1 to \(most) is expected")
        }
        limit = number
    }

    /// - Parameter objects: one more than wanted, if there are more.
    func json(_ objects: [(id: String, json: String)]) -> String {
        let shown = objects.prefix(limit)
        let first = shown.first.map { JSONText.quoted($0.id) } ?? "null"
        let last = shown.last.map { JSONText.quoted($0.id) } ?? "null"
        return #"{"object":"list","data":[\#(shown.map(\.json).joined(separator: ","))],"first_id":\#(first),"#
            + #""last_id":\#(last),"has_more":\#(objects.count > limit)}"#
    }
}
