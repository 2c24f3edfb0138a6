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
        headers.first { Self.areSame($0.name.utf8, name.utf8) }?.value
    }

    /// Whether two names differ in nothing but the case of ASCII letters; without making a text of either.
    private static func areSame(_ left: String.UTF8View, _ right: String.UTF8View) -> Bool {
        left.count == right.count && zip(left, right).allSatisfy { lowered($0) == lowered($1) }
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
