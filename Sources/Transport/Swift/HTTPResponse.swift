/// The head of a response, and its body on the way.
public struct HTTPResponse: Sendable {
    public let status: Int
    /// As the server wrote it: `1.0`, `1.1` or `2`.
    public let version: String
    /// In the order received, names as the server wrote them.
    public let headers: [(name: String, value: String)]
    public let body: HTTPBody

    /// The first header of this name, in any case; nil if there is none.
    public func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}
