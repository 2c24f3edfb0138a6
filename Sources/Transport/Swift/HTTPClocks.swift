/// The four clocks of a request; each has a name that errors use. A length under a millisecond counts as one, a length
/// over twenty days as twenty.
public struct HTTPClocks: Sendable, Hashable {
    /// Until the connection stands, name look-up and TLS included; waiting for a free connection is not.
    public var connect: Duration
    /// From the last byte of the request sent until the first byte of the body received.
    public var firstByte: Duration
    /// The longest silence in the body while somebody waits for more.
    public var idle: Duration
    /// The whole request.
    public var total: Duration

    public init(
        connect: Duration = .seconds(10), firstByte: Duration = .seconds(120), idle: Duration = .seconds(60),
        total: Duration = .seconds(600)
    ) {
        self.connect = connect
        self.firstByte = firstByte
        self.idle = idle
        self.total = total
    }

    /// Which clock.
    public enum Name: String, Sendable, Hashable {
        case connect
        case firstByte = "first_byte"
        case idle
        case total
    }

    /// The same clocks within what libcurl (31 bits of milliseconds) and instants can hold.
    var bounded: HTTPClocks {
        HTTPClocks(
            connect: Self.bounded(connect), firstByte: Self.bounded(firstByte), idle: Self.bounded(idle),
            total: Self.bounded(total))
    }

    private static func bounded(_ length: Duration) -> Duration {
        min(max(length, .milliseconds(1)), .seconds(20 * 24 * 60 * 60))
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    var milliseconds: Int {
        Int(components.seconds) * 1_000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
