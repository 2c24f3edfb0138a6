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
    /// The most of the answer that is read at a time, in bytes: so much memory is held for as long as the answer lasts.
    public var readAtOnce = 16 << 10

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
}
