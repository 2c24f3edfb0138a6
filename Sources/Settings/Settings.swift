public import Core

/// Everything that `config.yaml` says, checked, with defaults filled in.
public struct Settings: Sendable, Hashable {
    public var server = ServerSettings()
    public var store = StoreLocation()
    public var skills = SkillSettings()
    public var embedder = EmbedderSettings.hashed
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

    public var host = "127.0.0.1"
    public var port = 8080
    /// Keys that clients may present; empty lets everybody in who can connect.
    public var keys: [Secret] = []
    public var showTrace = TraceDisplay.header
    /// A longer request body is refused, in bytes.
    public var maxBody = 16 << 20
    /// How long streams may go on after a stop was asked for.
    public var drain = Duration.seconds(30)
    public var limits = AdmissionSettings()
}

/// `server.limits`: how many questions are taken on.
public struct AdmissionSettings: Sendable, Hashable {
    /// Answered at a time.
    public var inFlight = 1_024
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
