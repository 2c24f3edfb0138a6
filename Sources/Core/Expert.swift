/// Something that answers questions: a model behind an adapter, the local engine, or a script.
public protocol Expert: Sendable {
    /// What is known about the expert before it is asked.
    var card: ExpertCard { get }

    /// Asks a question. Returns once the expert has begun to answer; the pieces are then pulled from the stream.
    ///
    /// - Parameter delivery: whether the expert should send pieces as it writes them.
    /// - Throws: a `Fault` that names this expert, or `CancellationError`.
    func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream

    /// Whether the expert is thought to be able to answer now, without asking it.
    func health() async -> ExpertHealth

    /// What it is busy with; nil if nobody counts.
    var load: ExpertLoad? { get }

    /// Whether its model is in memory now; nil where that is another server's business.
    var isLoaded: Bool? { get }
}

/// What an expert is busy with.
public struct ExpertLoad: Sendable, Hashable {
    /// Calls that are being answered.
    public var active: Int
    /// Calls that wait for a place.
    public var waiting: Int
    /// How many it is given at a time now: what the settings say, or less if its server has said so.
    public var places: Int

    public init(active: Int, waiting: Int, places: Int) {
        self.active = active
        self.waiting = waiting
        self.places = places
    }
}

/// Whether an answer comes at once or piece by piece.
public enum Delivery: Sendable, Hashable { case whole, streamed }

extension Expert {
    public func health() async -> ExpertHealth { .ready }

    public var load: ExpertLoad? { nil }

    public var isLoaded: Bool? { nil }

    /// Asks and waits for the whole answer.
    public func answer(_ question: Question, time: TimeSource, delivery: Delivery = .whole) async throws -> Answer {
        var assembly = AnswerAssembly(expert: card.id, time: time)
        for try await piece in try await ask(question, delivery: delivery) { assembly.add(piece) }
        return assembly.answer(to: question)
    }
}

/// What can be said about an expert's state without asking it.
public enum ExpertHealth: Sendable, Hashable {
    case ready
    /// Failing lately; it is left alone until the wait is over.
    case resting(retryAfter: Duration, because: String)
    /// It cannot answer with this configuration, and why.
    case unusable(String)

    /// True if questions may go there.
    public var isReady: Bool { self == .ready }
}

/// What is known about an expert before it is asked: what it costs, what it can take.
public struct ExpertCard: Sendable, Hashable {
    public var id: ExpertID
    public var kind: ExpertKind
    /// What the server behind it calls the model.
    public var model: String
    /// Tokens that question and answer may have together; nil if unknown.
    public var context: Int?
    public var price: Price
    /// Parameters in billions that work on a token, if known; for reports and budgets on compute.
    public var activeParameters: Double?
    public var abilities: Set<Ability>
    /// How many questions it takes at a time.
    public var concurrent: Int
    /// How many more may wait for that.
    public var queue: Int
    /// Further tries on it after a failure that may pass, within what the question has left.
    public var retries: Int
    /// When another one is asked beside it.
    public var hedge = HedgeRule.asRoute

    public init(
        id: ExpertID, kind: ExpertKind, model: String = "", context: Int? = nil, price: Price = .free,
        activeParameters: Double? = nil, abilities: Set<Ability>? = nil, concurrent: Int = 4, queue: Int = 1_000,
        retries: Int = 0
    ) {
        self.id = id
        self.kind = kind
        self.model = model
        self.context = context
        self.price = price
        self.activeParameters = activeParameters
        self.abilities = abilities ?? Ability.usual(of: kind)
        self.concurrent = concurrent
        self.queue = queue
        self.retries = retries
    }
}

/// The sort of thing an expert is.
public enum ExpertKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Anything that speaks OpenAI's chat completions.
    case openai
    /// Anthropic's Messages API.
    case anthropic
    /// Ollama's own API, which alone honours context size and keep-alive.
    case ollama
    /// A model that runs in this process.
    case local
    /// A deterministic pretend expert, for demonstrations and tests.
    case scripted
}
