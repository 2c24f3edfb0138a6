public import Core

/// Everything that `config.yaml` says, checked, with defaults filled in.
public struct Settings: Sendable, Hashable {
    public var server = ServerSettings()
    public var store = StoreLocation()
    public var telemetry = TelemetrySettings()
    public var skills = SkillSettings()
    public var embedder = EmbedderSettings.hashed
    /// Nil where answers are not kept for equal requests.
    public var cache: CacheSettings?
    /// Nil where nobody is asked canaries.
    public var canaries: CanarySettings?
    /// What `canaries.file` holds.
    public var canaryQuestions: [SkillName: [GradedQuestion]] = [:]
    /// Nil where no second expert is asked off the path.
    public var shadow: ShadowPolicy?
    /// How models run in this process.
    public var engine = LocalEngineSettings()
    /// In the order of the file.
    public var experts: [ExpertSpec] = []
    /// Entries of `routing:` by name, those that exist without being written down among them.
    public var routings: [String: RoutingPlan] = [:]
    /// In the order of the file; `auto` is always among them.
    public var routes: [Route] = []

    public init() {}
}

/// `server:`
public struct ServerSettings: Sendable, Hashable {
    /// Where a trace is shown to clients.
    public enum TraceDisplay: String, Sendable, Hashable, CaseIterable { case header, body, never }
    /// Who may read `/metrics`: whoever has a key, everybody, nobody.
    public enum MetricsDisplay: String, Sendable, Hashable, CaseIterable { case keyed, open, never }

    public var host = "127.0.0.1"
    public var port = 8080
    /// Names that requests may be for besides those of this machine: a name, `*.` before one for all below it, `*` for
    /// all. Where there are none and other machines may connect, all are taken.
    public var hosts: [String] = []
    /// Keys that clients may present; empty lets everybody in who can connect.
    public var keys: [Secret] = []
    public var showTrace = TraceDisplay.header
    public var metrics = MetricsDisplay.keyed
    /// Whether there is a page at `/`.
    public var dashboard = true
    /// A longer request body is refused, in bytes.
    public var maxBody = 16 << 20
    /// How long streams may go on after a stop was asked for.
    public var drain = Duration.seconds(30)
    /// Of whoever may administrate over HTTP; nil for nobody.
    public var adminKey: Secret?
    public var limits = ServerLimits()
    public var admission = AdmissionSettings()
}

/// `server.limits:`, what a connection may take before it has said what it wants.
public struct ServerLimits: Sendable, Hashable {
    /// Further ones wait in the system's queue.
    public var connections = 10_000
    /// All header fields of a request together, in bytes.
    public var headerSize = 64 << 10
    public var headerCount = 128
    /// From the first byte of a request to the end of its header.
    public var headTime = Duration.seconds(10)
    /// From there to the end of its body.
    public var bodyTime = Duration.seconds(60)
}

/// `server.limits:`, how many questions are taken on.
public struct AdmissionSettings: Sendable, Hashable {
    /// Answered at a time.
    public var inFlight = 4_096
    /// Waiting beside them.
    public var queue = 4_096
    /// The longest wait.
    public var queueWait = Duration.seconds(30)
}

/// `store:`
public struct StoreLocation: Sendable, Hashable {
    /// A file, or `:memory:`.
    public var path = "data/muster.sqlite"
    public var keepText = false
    /// Older traces are deleted.
    public var keepTraces = Duration.seconds(30 * 86_400)
}

/// `cache:`
public struct CacheSettings: Sendable, Hashable {
    /// How long an answer is given to equal requests.
    public var life: Duration
    /// The most that all kept answers take in memory.
    public var bytes = 64 << 20
}

/// `telemetry:`
public struct TelemetrySettings: Sendable, Hashable {
    /// One header of each request to the collector; its value is nobody's business.
    public struct Header: Sendable, Hashable {
        public var name: String
        public var value: Secret
    }

    /// Where an OpenTelemetry collector takes OTLP over HTTP, without `/v1/traces`; nil for nowhere.
    public var otlp: String?
    public var headers: [Header] = []
    /// By which the collector tells programs apart; nil if the file does not say.
    public var serviceName: String?

    public init() {}
}

/// `skills:`
public struct SkillSettings: Sendable, Hashable {
    public enum Unknown: String, Sendable, Hashable, CaseIterable { case nearest, ignore }
    public enum Filter: String, Sendable, Hashable, CaseIterable {
        case perQuestion = "per_question"
        case perSet = "per_set"
    }

    public var folder = "Skills"
    /// Nil for the lexical annotator.
    public var annotator: ExpertID?
    /// How often the annotator is asked about one question.
    public var votes = 5
    public var filter = Filter.perQuestion
    public var unknown = Unknown.nearest
    public var temperature = 0.7
    /// Whether experts get the instructions of the skills a question needs.
    public var instructions = true
}

/// `embedder:`
public enum EmbedderSettings: Sendable, Hashable {
    /// Built in: words and letters alone.
    case hashed
    /// A sentence encoder in this process: a folder, or a name of the catalogue.
    case local(model: String)
    /// An OpenAI-compatible endpoint.
    case openai(ExpertSpec)
}
