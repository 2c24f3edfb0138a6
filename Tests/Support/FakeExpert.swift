public import Core
import Synchronization

/// An expert that says what a test tells it to, and remembers what it was asked.
public final class FakeExpert: Expert {
    /// What comes of one call.
    public struct Reply: Sendable {
        public var pieces: [AnswerPiece]
        /// Thrown after the pieces; with no pieces and `isEarly`, asking itself fails.
        public var fault: Fault?
        public var isEarly: Bool

        public init(pieces: [AnswerPiece], fault: Fault? = nil, isEarly: Bool = false) {
            self.pieces = pieces
            self.fault = fault
            self.isEarly = isEarly
        }

        /// One text and a good end.
        public static func says(_ text: String) -> Reply { Reply(pieces: [.text(text), .finish(.stop)]) }

        /// Asking fails.
        public static func fails(_ fault: Fault) -> Reply { Reply(pieces: [], fault: fault, isEarly: true) }

        /// The stream fails after these texts.
        public static func breaks(after texts: [String], _ fault: Fault) -> Reply {
            Reply(pieces: texts.map(AnswerPiece.text), fault: fault)
        }
    }

    private struct State {
        var questions: [Question] = []
        var openStreams = 0
        var mostOpenStreams = 0
    }

    /// A stream that was handed out and not yet dropped.
    private final class OpenStream: Sendable {
        private let expert: FakeExpert

        init(of expert: FakeExpert) {
            self.expert = expert
            expert.state.withLock { state in
                state.openStreams += 1
                state.mostOpenStreams = max(state.mostOpenStreams, state.openStreams)
            }
        }

        deinit { expert.state.withLock { $0.openStreams -= 1 } }
    }

    private final class Pieces: Sendable {
        private let left: Mutex<ArraySlice<AnswerPiece>>

        init(_ pieces: [AnswerPiece]) { left = Mutex(pieces[...]) }

        func next() -> AnswerPiece? { left.withLock { $0.popFirst() } }
    }

    public let card: ExpertCard
    private let reply: @Sendable (Question, Int) async throws -> Reply
    private let state = Mutex(State())

    /// - Parameter reply: what comes of call number 0, 1, 2 …
    public init(
        _ id: ExpertID = "fake", kind: ExpertKind = .scripted, concurrent: Int = 4, retries: Int = 0,
        price: Price = .free, hedge: HedgeRule = .asRoute, abilities: Set<Ability>? = nil, context: Int? = nil,
        reply: @escaping @Sendable (Question, Int) async throws -> Reply
    ) {
        var card = ExpertCard(
            id: id, kind: kind, context: context, price: price, abilities: abilities, concurrent: concurrent,
            retries: retries)
        card.hedge = hedge
        self.card = card
        self.reply = reply
    }

    /// Replies in order; the last one is repeated.
    public convenience init(
        _ id: ExpertID = "fake", kind: ExpertKind = .scripted, concurrent: Int = 4, retries: Int = 0, replies: [Reply]
    ) {
        self.init(id, kind: kind, concurrent: concurrent, retries: retries) { _, call in
            replies.isEmpty ? .says("") : replies[min(call, replies.count - 1)]
        }
    }

    /// What it was asked, in order.
    public var questions: [Question] { state.withLock { $0.questions } }
    /// Streams that somebody holds now.
    public var openStreams: Int { state.withLock { $0.openStreams } }
    /// The most that were held at a time.
    public var mostOpenStreams: Int { state.withLock { $0.mostOpenStreams } }

    public func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
        let call = state.withLock { state in
            state.questions.append(question)
            return state.questions.count - 1
        }
        let open = OpenStream(of: self)
        let reply = try await reply(question, call)
        if reply.isEarly, let fault = reply.fault { throw fault }
        let pieces = Pieces(reply.pieces)
        return AnswerStream {
            // Held by the stream: gone when the stream is.
            try withExtendedLifetime(open) {
                try Task.checkCancellation()
                if let piece = pieces.next() { return piece }
                if let fault = reply.fault { throw fault }
                return nil
            }
        }
    }
}
