/// How to reach an expert and how to treat it: one entry of `experts:` in `config.yaml`, checked.
public struct ExpertSpec: Sendable, Hashable {
    public var card: ExpertCard
    /// Where its API begins, such as `http://127.0.0.1:9001/v1`; nil for scripted and local ones.
    public var baseURL: String?
    /// A socket in the file system to use in place of TCP.
    public var unixSocket: String?
    /// A file of certificates to trust beside the system's; verification itself cannot be switched off.
    public var caFile: String?
    public var key: Secret?
    /// The longest answer asked for when the question does not say, in tokens.
    public var maximumOutput: Int?
    public var clocks: ExpertClocks
    /// Further tries on this expert after a failure that may pass; `card` carries it to the one place where tries are
    /// planned.
    public var retries: Int {
        get { card.retries }
        set { card.retries = newValue }
    }
    /// How long the server should keep the model loaded (`5m`, `-1`); Ollama only.
    public var keepAlive: String?
    /// What a scripted expert says.
    public var script: Script?
    /// True if it turns texts into vectors and answers no questions.
    public var embeds = false
    /// The server it shares with others, if that holds only some of their models at a time.
    public var backend: BackendSpec?
    /// How lists are sent to it; nil if it is only asked question by question.
    public var batches: BatchTerms?

    public init(
        card: ExpertCard, baseURL: String? = nil, unixSocket: String? = nil, caFile: String? = nil,
        key: Secret? = nil, maximumOutput: Int? = nil, clocks: ExpertClocks = ExpertClocks(), retries: Int = 2,
        keepAlive: String? = nil, script: Script? = nil
    ) {
        self.card = card
        self.baseURL = baseURL
        self.unixSocket = unixSocket
        self.caFile = caFile
        self.key = key
        self.maximumOutput = maximumOutput
        self.clocks = clocks
        self.card.retries = retries
        self.keepAlive = keepAlive
        self.script = script
    }
}

/// The four clocks of a call, each with its own name in the configuration and in the fault when it fires.
public struct ExpertClocks: Sendable, Hashable {
    /// Until the connection stands, name look-up and TLS included.
    public var connect: Duration
    /// From the request being sent until the first byte of the answer's body.
    public var firstToken: Duration
    /// The longest silence between two pieces.
    public var idle: Duration
    /// The whole call.
    public var total: Duration

    public init(
        connect: Duration = .seconds(10), firstToken: Duration = .seconds(120), idle: Duration = .seconds(60),
        total: Duration = .seconds(600)
    ) {
        self.connect = connect
        self.firstToken = firstToken
        self.idle = idle
        self.total = total
    }
}

/// A key that never shows itself: it prints, logs and encodes as the variable it came from.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The environment variable that holds it.
    public let variable: String
    private let value: String

    public init(variable: String, value: String) {
        self.variable = variable
        self.value = value
    }

    /// The key itself, for the one place that sends it.
    public func reveal() -> String { value }

    public var description: String { "${env.\(variable)}" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["variable": variable]) }
}
