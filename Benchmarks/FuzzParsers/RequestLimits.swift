import Core

/// The server's own one reads from sockets; this is what it hands on.
struct RequestLimits {
    struct Body {
        var value: JSONValue
        var bytes: [UInt8]
        var members: [JSONReader.Member]
    }
}
