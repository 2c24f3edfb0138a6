/// What the doors of Muster (the API, the command line) ask of it.
public protocol AnswerService: Sendable {
    /// Every name that a client may put in `model`: routes first, then experts.
    func models() -> [ModelListing]

    /// Decides who would be asked, and asks nobody.
    ///
    /// - Throws: a `Fault`, `unknownModel` with the nearest name if there is no such route or expert.
    func decide(_ question: Question, model: String, wishes: Wishes) async throws -> Trace

    /// Decides, and begins to answer.
    ///
    /// - Throws: a `Fault` if nobody can be asked. Faults of experts come through the flow.
    func answer(_ question: Question, model: String, wishes: Wishes, delivery: Delivery) async throws -> AnswerFlow

    /// The state of every expert, in the order of the configuration.
    func health() async -> [(expert: ExpertID, health: ExpertHealth)]

    /// What each expert is busy with, where somebody counts.
    func loads() -> [ExpertID: ExpertLoad]
}

extension AnswerService {
    public func loads() -> [ExpertID: ExpertLoad] { [:] }
}

/// What one request may ask to be different from its route's settings.
public struct Wishes: Sendable, Hashable {
    public var seed: UInt64?
    public var seats: Int?
    /// Holds beside the route's budget: it can only be lower.
    public var budget: Budget
    /// Whether an answer that was kept from an earlier, equal request will do.
    public var takesKept: Bool
    /// Further tries over all experts together, in place of the route's.
    public var retries: Int?
    /// Whether the route's fallback may be asked.
    public var allowsFallback: Bool
    /// Who wishes, unless everything is theirs to use and spend.
    public var asker: Asker?

    public init(
        seed: UInt64? = nil, seats: Int? = nil, budget: Budget = .unlimited, takesKept: Bool = true,
        retries: Int? = nil, allowsFallback: Bool = true, asker: Asker? = Asker.current
    ) {
        self.seed = seed
        self.seats = seats
        self.budget = budget
        self.takesKept = takesKept
        self.retries = retries
        self.allowsFallback = allowsFallback
        self.asker = asker
    }
}

/// A route or an expert, as clients see it.
public struct ModelListing: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable { case route, expert }

    public var id: String
    public var kind: Kind
    public var summary: String
    /// Of an expert: what it can do beyond plain text, as far as is known; nil for a route.
    public var abilities: [Ability]?

    public init(id: String, kind: Kind, summary: String, abilities: [Ability]? = nil) {
        self.id = id
        self.kind = kind
        self.summary = summary
        self.abilities = abilities
    }
}

/// An answer on its way: what was decided is known at once, the pieces follow, and the settled trace ends it.
public struct AnswerFlow: Sendable {
    public enum Event: Sendable {
        case piece(AnswerPiece)
        /// A piece of one of several answers, by its number; its finish reason says that it is whole.
        case choice(Int, AnswerPiece)
        /// The last event: the whole answer and the finished trace. Held apart, so that the many pieces before it are
        /// not handed on in its size.
        indirect case settled(Answer, Trace)
    }

    /// The trace as decided, before anyone was asked.
    public let decided: Trace
    private let pull: @Sendable () async throws -> Event?

    public init(decided: Trace, pull: @escaping @Sendable () async throws -> Event?) {
        self.decided = decided
        self.pull = pull
    }

    /// The next event; nil after the last. Throws a `Fault` (the trace is kept with its outcome), or
    /// `CancellationError`.
    public func next() async throws -> Event? { try await pull() }

    /// Waits for the end.
    public func settled() async throws -> (answer: Answer, trace: Trace) {
        while let event = try await next() {
            if case .settled(let answer, let trace) = event { return (answer, trace) }
        }
        throw Fault(.expertCutOff, decided.route, "the answer ended without a result", hint: "Ask again")
    }
}

extension AnswerService {
    /// Asks and waits for the whole answer.
    public func answer(
        _ question: Question, model: String, wishes: Wishes = Wishes()
    ) async throws -> (answer: Answer, trace: Trace) {
        try await answer(question, model: model, wishes: wishes, delivery: .whole).settled()
    }
}
