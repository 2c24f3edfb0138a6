/// How the API is served: where it listens, whom it lets in, what it shows and how patient it is.
public struct ServiceOptions: Sendable {
    /// Where clients see how their question was decided.
    public enum TraceDisplay: String, Sendable, Hashable, CaseIterable {
        /// A short form in the header `x-muster-trace`.
        case header
        /// The whole trace in the member `muster` of the answer.
        case body
        /// Neither; asking for it is refused.
        case never
    }

    /// Who may read `/metrics`.
    public enum MetricsDisplay: String, Sendable, Hashable, CaseIterable {
        /// Whoever may ask: everybody where there are no keys.
        case keyed
        /// Everybody who can connect.
        case open
        /// Nobody: there is no such path.
        case never
    }

    /// How many questions are taken on.
    public struct Limits: Sendable, Hashable {
        /// Answered at a time.
        public var inFlight: Int
        /// Waiting beside them.
        public var queue: Int
        /// The longest wait.
        public var queueWait: Duration

        public init(inFlight: Int = 4_096, queue: Int = 4_096, queueWait: Duration = .seconds(30)) {
            self.inFlight = inFlight
            self.queue = queue
            self.queueWait = queueWait
        }
    }

    /// The name or address to listen on.
    public var host: String
    /// The port to listen on; 0 for any free one.
    public var port: Int
    /// Names of this service besides those of this machine: a name, `*.` before one for all below it, `*` for all.
    public var hosts: [String]
    /// A longer request body is refused, in bytes.
    public var maximumBody: Int
    /// Keys of which clients present one; empty lets everybody in who can connect.
    public var keys: Set<String>
    public var showTrace: TraceDisplay
    public var showMetrics: MetricsDisplay
    /// The longest silence in a stream before a comment says that the server is still there.
    public var keepAlive: Duration
    /// How long running answers may go on after a stop was asked for.
    public var drain: Duration
    /// Whether comments of feedback are kept.
    public var keepsText: Bool
    /// What a connection may take before it has said what it wants.
    public var connection: ConnectionLimits
    public var limits: Limits

    public init(
        host: String = "127.0.0.1", port: Int = 8080, hosts: [String] = [], maximumBody: Int = 16 << 20,
        keys: Set<String> = [], showTrace: TraceDisplay = .header, showMetrics: MetricsDisplay = .keyed,
        keepAlive: Duration = .seconds(10), drain: Duration = .seconds(30),
        keepsText: Bool = false, connection: ConnectionLimits = ConnectionLimits(), limits: Limits = Limits()
    ) {
        self.host = host
        self.port = port
        self.hosts = hosts
        self.maximumBody = maximumBody
        self.keys = keys
        self.showTrace = showTrace
        self.showMetrics = showMetrics
        self.keepAlive = keepAlive
        self.drain = drain
        self.keepsText = keepsText
        self.connection = connection
        self.limits = limits
    }
}
