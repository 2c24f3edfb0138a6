public import Core
import Synchronization

/// An answer service that gives the same answer to the same request for a while. Off unless it is configured.
///
/// Only whole, complete answers are kept; a stream that is asked for again comes in one piece. Different keys never share
/// answers, since who asks is part of the request.
public final class CachedAnswers: AnswerService {
    private let service: any AnswerService
    private let life: Duration
    private let time: TimeSource
    private let newTraceID: @Sendable () -> String
    private let keep: @Sendable (Trace) -> Void
    private let shelf: Mutex<AnswerShelf>

    /// - Parameters:
    ///   - life: how long an answer is good for.
    ///   - capacity: the most that all kept answers may take, in bytes.
    ///   - newTraceID: the id of a hit's own trace, which is handed to `keep`.
    public init(
        _ service: any AnswerService, life: Duration, capacity: Int, time: TimeSource,
        newTraceID: @escaping @Sendable () -> String, keep: @escaping @Sendable (Trace) -> Void
    ) {
        self.service = service
        self.life = life
        self.time = time
        self.newTraceID = newTraceID
        self.keep = keep
        shelf = Mutex(AnswerShelf(capacity: capacity))
    }

    /// Beside the pipeline that is made of these parts.
    public convenience init(_ service: any AnswerService, life: Duration, capacity: Int, of parts: PipelineParts) {
        self.init(
            service, life: life, capacity: capacity, time: parts.time, newTraceID: parts.newTraceID, keep: parts.keep)
    }

    public func models() -> [ModelListing] { service.models() }
    public func health() async -> [(expert: ExpertID, health: ExpertHealth)] { await service.health() }

    public func loads() -> [ExpertID: ExpertLoad] { service.loads() }

    public func decide(_ question: Question, model: String, wishes: Wishes) async throws -> Trace {
        try await service.decide(question, model: model, wishes: wishes)
    }

    public func answer(
        _ question: Question, model: String, wishes: Wishes, delivery: Delivery
    ) async throws -> AnswerFlow {
        guard wishes.takesKept else {
            return try await service.answer(question, model: model, wishes: wishes, delivery: delivery)
        }
        let key = AnswerShelf.Key(model: model, question: question, wishes: wishes)
        let (found, generation) = shelf.withLock { ($0.find(key, at: time.now()), $0.generation) }
        if let found { return hit(found) }
        let flow = try await service.answer(question, model: model, wishes: wishes, delivery: delivery)
        return AnswerFlow(decided: flow.decided) { [self] in
            let event = try await flow.next()
            if case .settled(let answer, let trace)? = event, trace.outcome == .complete {
                let until = TimeSource.Instant(offset: time.now().offset + life)
                var kept = answer
                // The bytes of a stream's last event are no answer.
                if delivery == .streamed { kept.original = nil }
                var past = trace
                past.attempts = []
                shelf.withLock { [kept, past] in $0.keep(kept, past, for: key, until: until, began: generation) }
            }
            return event
        }
    }

    /// Forgets everything, and keeps nothing of what is being answered now: what is configured may have changed.
    public func forget() { shelf.withLock { $0.removeAll() } }

    private func hit(_ entry: AnswerShelf.Entry) -> AnswerFlow {
        var trace = entry.trace
        trace.id = newTraceID()
        trace.at = time.timestamp()
        trace.requestID = RequestOrigin.current?.requestID
        trace.parent = RequestOrigin.current?.parent
        trace.usage = Usage()
        trace.dollars = 0
        trace.seconds = 0
        trace.decisionSeconds = 0
        trace.notes = ["the answer was kept from trace \(entry.trace.id)"]
        let events = Mutex<[AnswerFlow.Event]>(entry.answer.pieces.map { .piece($0) } + [.settled(entry.answer, trace)])
        return AnswerFlow(decided: trace) { [keep, trace] in
            let event = events.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            if case .settled? = event { keep(trace) }
            return event
        }
    }
}

extension Answer {
    /// The answer as the pieces of a stream.
    fileprivate var pieces: [AnswerPiece] {
        var pieces: [AnswerPiece] = []
        if !reasoning.isEmpty { pieces.append(.reasoning(reasoning)) }
        if !text.isEmpty { pieces.append(.text(text)) }
        if !probabilities.isEmpty { pieces.append(.probabilities(probabilities)) }
        pieces += calls.enumerated().map { index, call in
            .call(ToolCallFragment(index: index, id: call.id, name: call.name, arguments: call.arguments))
        }
        return pieces
    }
}
