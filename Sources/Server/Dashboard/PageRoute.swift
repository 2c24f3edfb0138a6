import HTTPTypes
import Hummingbird

/// `GET /` and `GET /page/{file}`: the dashboard's own files. They hold nothing secret and need no key; what the page
/// shows it reads with the key of whoever looks.
struct PageRoute: Sendable {
    /// The file behind `/`.
    static let front = "index.html"

    /// Nothing from elsewhere, nothing written into the page, nobody may frame it.
    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"

    func respond(to request: Request, name: String) throws -> Response {
        guard let file = DashboardFiles.shared[name] else {
            throw Refusal(
                .notFound, code: "path_not_found", "The page has no file \"\(name.prefix(40))\". It begins at /.")
        }
        let headers: HTTPFields = [
            .contentType: file.type, .eTag: file.tag, .cacheControl: "no-cache", .contentSecurityPolicy: Self.policy,
            .xContentTypeOptions: "nosniff", .referrerPolicy: "no-referrer", .openerPolicy: "same-origin",
            .resourcePolicy: "same-origin",
        ]
        if isKnown(file.tag, to: request.headers[.ifNoneMatch]) {
            return Response(status: .notModified, headers: headers)
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: file.bytes))
    }

    /// RFC 9110, 13.1.2: a list of tags, weak ones as good as strong ones, or a star for any.
    private func isKnown(_ tag: String, to written: String?) -> Bool {
        guard let written else { return false }
        return written.split(separator: ",").contains { part in
            let part = part.drop { $0 == " " }.prefix { $0 != " " }
            return part == "*" || (part.hasPrefix("W/") ? part.dropFirst(2) : part) == tag
        }
    }
}
