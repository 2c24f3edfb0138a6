package import Core

extension JSONValue {
    /// More tokens than this are not believed: sums of a few such numbers stay far from overflow.
    private static let mostTokens = 1 << 40

    /// A count of tokens as a server reports it; nil if this is no whole number.
    var tokenCount: Int? { whole.map { min(max(0, $0), Self.mostTokens) } }

    /// Reads what a server sent; nil if it is no JSON.
    package static func parse(_ bytes: [UInt8]) -> JSONValue? { try? JSONReader.read(bytes) }

    /// Reads what a server sent; nil if it is no JSON.
    package static func parse(_ text: String) -> JSONValue? { parse(Array(text.utf8)) }

    /// The message of an error object in the shapes that servers use: `{"error": {"message"}}`, `{"error": "…"}`,
    /// `{"message"}`, `{"detail"}`.
    var errorMessage: String? {
        errorMember ?? self["message"]?.text ?? self["detail"]?.text
    }

    /// The message of the member `error`; nil if there is none or it is null.
    var errorMember: String? {
        guard let error = self["error"], error != .null else { return nil }
        return error.text ?? error["message"]?.text ?? "an error without a message"
    }
}
