/// One piece of an answer on its way.
public enum AnswerPiece: Sendable, Hashable {
    case text(String)
    /// Thinking sent apart from the answer.
    case reasoning(String)
    /// Tokens so far; a later one replaces an earlier one.
    case usage(Usage)
    case finish(FinishReason)
}

/// The pieces of an answer, pulled one at a time: a slow reader slows the expert down, and dropping the stream
/// hangs up on it.
public struct AnswerStream: AsyncSequence, Sendable {
    public typealias Element = AnswerPiece
    public typealias Failure = any Error

    private let pull: @Sendable () async throws -> AnswerPiece?

    /// A stream that asks `pull` for each piece; nil ends it. Errors are `Fault`s or `CancellationError`.
    public init(pull: @escaping @Sendable () async throws -> AnswerPiece?) { self.pull = pull }

    /// The next piece; nil after the last. One caller at a time.
    public func nextPiece() async throws -> AnswerPiece? { try await pull() }

    public func makeAsyncIterator() -> Iterator { Iterator(pull: pull) }

    public struct Iterator: AsyncIteratorProtocol {
        let pull: @Sendable () async throws -> AnswerPiece?

        public mutating func next() async throws -> AnswerPiece? { try await pull() }
        public mutating func next(isolation actor: isolated (any Actor)?) async throws -> AnswerPiece? {
            try await pull()
        }
    }
}

/// Gathers pieces into an answer, and keeps the time they took.
public struct AnswerAssembly: Sendable {
    private let expert: ExpertID
    private let started: TimeSource.Instant
    private let time: TimeSource
    private var reported: Usage?
    private var finish: FinishReason?
    private var firstText: Double?
    private(set) public var text = ""
    private(set) public var reasoning = ""

    /// Starts the clock: make it just before asking.
    public init(expert: ExpertID, time: TimeSource) {
        self.expert = expert
        self.time = time
        started = time.now()
    }

    /// Takes the next piece.
    public mutating func add(_ piece: AnswerPiece) {
        switch piece {
        case .text(let more):
            if firstText == nil, !more.isEmpty { firstText = time.seconds(since: started) }
            text += more
        case .reasoning(let more): reasoning += more
        case .usage(let usage): reported = usage
        case .finish(let reason): finish = reason
        }
    }

    /// Seconds since the assembly was made.
    public var elapsed: Double { time.seconds(since: started) }

    /// The answer so far. Without a report from the expert, tokens are estimated from `question` and the text.
    public func answer(to question: Question) -> Answer {
        let counted = Usage(
            promptTokens: question.estimatedTokens,
            completionTokens: (text.utf8.count + reasoning.utf8.count + 3) / 4, estimated: true)
        return Answer(
            expert: expert, text: text, reasoning: reasoning, finish: finish ?? .stop, usage: reported ?? counted,
            seconds: elapsed, firstTextSeconds: firstText)
    }
}
