/// One HTTP request, with its own clocks.
public struct HTTPRequest: Sendable {
    public var method: String
    /// `http:` or `https:`.
    public var url: String
    /// In order; never shown in an error.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    public var clocks: HTTPClocks
    /// A socket in the file system to connect to in place of the URL's host and port.
    public var unixSocket: String?
    /// A file of certificates to trust in place of the system's.
    public var caFile: String?

    public init(
        method: String = "GET", url: String, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
        clocks: HTTPClocks = HTTPClocks(), unixSocket: String? = nil, caFile: String? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.clocks = clocks
        self.unixSocket = unixSocket
        self.caFile = caFile
    }

    /// What would let one request smuggle in another, or has no meaning; nil if the request is sound.
    var flaw: String? {
        let hasControl = { (text: String) in text.utf8.contains { $0 < 0x20 || $0 == 0x7F } }
        if url.utf8.isEmpty || hasControl(url) || url.utf8.contains(0x20) { return "the address holds a space or control byte" }
        let isToken = { (text: String) in
            !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
        }
        if !isToken(method) { return "the method is not a word" }
        for header in headers {
            if !isToken(header.name) { return "a header's name is not a word" }
            if header.value.utf8.contains(where: { $0 == 0 || $0 == 0x0A || $0 == 0x0D }) {
                return "the value of header \(header.name) holds a line break or NUL"
            }
        }
        return nil
    }
}

/// The four clocks of a request; each has a name that errors use.
public struct HTTPClocks: Sendable, Hashable {
    /// Until the connection stands, name look-up and TLS included.
    public var connect: Duration
    /// From the connection standing until the first byte of the body.
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
}
