import Synchronization

/// The pieces of an answer, pulled one at a time: a slow reader slows the expert down, and dropping the stream
/// hangs up on it.
public struct AnswerStream: AsyncSequence, Sendable {
    public typealias Element = AnswerPiece
    public typealias Failure = any Error

    private let pull: @Sendable () async throws -> AnswerPiece?

    /// A stream that asks `pull` for each piece; nil ends it. Errors are `Fault`s or `CancellationError`.
    public init(pull: @escaping @Sendable () async throws -> AnswerPiece?) { self.pull = pull }

    /// A stream of pieces that are all there.
    public init(_ pieces: [AnswerPiece]) {
        let left = Remaining(pieces)
        self.init { left.next() }
    }

    private final class Remaining: Sendable {
        private let pieces: Mutex<ArraySlice<AnswerPiece>>

        init(_ pieces: [AnswerPiece]) { self.pieces = Mutex(pieces[...]) }

        func next() -> AnswerPiece? { pieces.withLock { $0.popFirst() } }
    }

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
    private var calls: [ToolCall] = []
    private var probabilities: [JSONValue] = []
    private var original: OriginalBody?

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
        case .call(let fragment): add(fragment)
        case .probabilities(let more): probabilities += more
        case .usage(let usage): reported = usage
        case .finish(let reason): finish = reason
        case .original(let event):
            original = OriginalBody(event.bytes, members: event.members)
            for piece in event.pieces { add(piece) }
        }
    }

    private mutating func add(_ fragment: ToolCallFragment) {
        // Fragments come in the order of their calls; a gap would only make room for calls that say nothing.
        guard fragment.index < AnswerPiece.mostCalls else { return }
        while calls.count <= fragment.index { calls.append(ToolCall(id: "", name: "", arguments: "")) }
        if let id = fragment.id { calls[fragment.index].id = id }
        if let name = fragment.name { calls[fragment.index].name = name }
        calls[fragment.index].arguments += fragment.arguments
    }

    /// Seconds since the assembly was made.
    public var elapsed: Double { time.seconds(since: started) }

    /// The answer so far. Without a report from the expert, tokens are estimated from `question` and the text.
    public func answer(to question: Question) -> Answer {
        let counted = Usage(
            promptTokens: question.estimatedTokens,
            completionTokens: (text.utf8.count + reasoning.utf8.count + calls.reduce(3) { $0 + $1.arguments.utf8.count })
                / 4, estimated: true)
        return Answer(
            expert: expert, text: text, reasoning: reasoning, calls: calls, probabilities: probabilities,
            finish: finish ?? .stop, usage: reported ?? counted, seconds: elapsed, firstTextSeconds: firstText,
            original: original)
    }
}
