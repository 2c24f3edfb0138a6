import HTTPTypes

/// Refuses what a browser sends in the name of somebody else's page: without a key of their own, pages on other sites
/// could otherwise ask, and spend, through the browser of whoever looks at them.
///
/// Browsers say where a request comes from in `Sec-Fetch-Site` (w3.org/TR/fetch-metadata), and pages cannot change it;
/// other clients do not send it.
enum CrossSite {
    /// - Throws: a `Refusal` unless the request may be meant.
    static func check(_ request: HTTPRequest.Method, _ headers: HTTPFields) throws(Refusal) {
        guard request != .get, request != .head, let site = headers[.fetchSite] else { return }
        guard site == "same-origin" || site == "none" else {
            throw Refusal(
                .forbidden, type: "permission_error", code: "not_allowed",
                "The request comes from a page of another site. Only the service's own page may send it.")
        }
    }
}
