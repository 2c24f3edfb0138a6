/// Where a question came from, in its caller's own words: what makes its trace findable from the outside.
///
/// It goes with the task rather than through every parameter list, as the same name goes through a caller's systems.
public struct RequestOrigin: Sendable, Hashable {
    /// The id that the caller gave its request; nil if it gave none that may be repeated.
    public var requestID: String?
    /// The caller's place in its trace; nil if it has none.
    public var parent: TraceParent?

    public init(requestID: String? = nil, parent: TraceParent? = nil) {
        self.requestID = requestID
        self.parent = parent
    }

    /// Of the request that this task works for; nil outside of one.
    @TaskLocal public static var current: RequestOrigin?

    /// The longest id that is taken up, in bytes.
    public static let longestID = 128

    /// An id that is safe in headers, logs and paths as it stands; nil for any other, which is then not repeated.
    public static func safe(_ id: String) -> String? {
        let isSafe = id.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "@"):
                true
            default: false
            }
        }
        return isSafe && !id.isEmpty && id.utf8.count <= longestID ? id : nil
    }
}

/// What calls to experts tell them about the trace they belong to.
public enum CallOrigin {
    /// The span that a call belongs to; nil where nobody follows traces.
    @TaskLocal public static var span: TraceParent?
}
