import Core
import NIOPosix
import Synchronization

/// An answer service that says what a test's script says, and remembers what it was asked.
final class ScriptedService: AnswerService {
    /// What happens when the next event of an answer is pulled.
    enum Step: Sendable {
        case piece(AnswerPiece)
        case fails(any Error)
        /// Nothing, until the latch is open or the answer is cancelled.
        case waits(Latch)
        /// The flow is over before an answer was settled.
        case ends
    }

    /// One question, with all that came with it.
    struct Asked: Sendable {
        var question: Question
        var model: String
        var wishes: Wishes
        /// Nil where only a decision was wanted.
        var delivery: Delivery?
        var origin = RequestOrigin.current
        /// The event loop it was asked on; nil elsewhere.
        var loop = MultiThreadedEventLoopGroup.currentEventLoop.map(ObjectIdentifier.init)
    }

    private struct State {
        var asked: [Asked] = []
        var cancellations = 0
        var pulls = 0
    }

    private let listings: [ModelListing]
    private let states: [(expert: ExpertID, health: ExpertHealth)]
    private let trace: Trace
    private let answer: Answer
    private let refusal: (any Error)?
    private let steps: [Step]
    private let state = Mutex(State())

    /// - Parameters:
    ///   - steps: what comes before the answer settles.
    ///   - refusal: thrown before anything is decided.
    init(
        _ steps: [Step] = [], answer: Answer = Samples.answer, trace: Trace = Samples.trace,
        refusal: (any Error)? = nil, models: [ModelListing] = Samples.models,
        health: [(expert: ExpertID, health: ExpertHealth)] = [("general", .ready)]
    ) {
        self.steps = steps
        self.answer = answer
        self.trace = trace
        self.refusal = refusal
        listings = models
        states = health
    }

    /// Every question, in order.
    var asked: [Asked] { state.withLock { $0.asked } }

    /// How many answers were cancelled while they waited.
    var cancellations: Int { state.withLock { $0.cancellations } }

    /// How many events were asked for, of all answers together.
    var pulls: Int { state.withLock { $0.pulls } }

    func models() -> [ModelListing] { listings }

    func health() async -> [(expert: ExpertID, health: ExpertHealth)] { states }

    func decide(_ question: Question, model: String, wishes: Wishes) async throws -> Trace {
        note(Asked(question: question, model: model, wishes: wishes))
        if let refusal { throw refusal }
        return trace
    }

    func answer(
        _ question: Question, model: String, wishes: Wishes, delivery: Delivery
    ) async throws -> AnswerFlow {
        note(Asked(question: question, model: model, wishes: wishes, delivery: delivery))
        if let refusal { throw refusal }
        let place = Place()
        return AnswerFlow(decided: trace) { try await self.event(at: place) }
    }

    private func note(_ asked: Asked) { state.withLock { $0.asked.append(asked) } }

    /// How far one answer has come.
    private final class Place: Sendable {
        private let next = Mutex(0)

        func step() -> Int {
            next.withLock { next in
                defer { next += 1 }
                return next
            }
        }
    }

    private func event(at place: Place) async throws -> AnswerFlow.Event? {
        state.withLock { $0.pulls += 1 }
        while true {
            let index = place.step()
            guard index < steps.count else {
                var settled = trace
                settled.outcome = .complete
                return index == steps.count ? .settled(answer, settled) : nil
            }
            switch steps[index] {
            case .piece(let piece): return .piece(piece)
            case .fails(let error): throw error
            case .ends: return nil
            case .waits(let latch):
                do {
                    try await latch.wait()
                } catch {
                    state.withLock { $0.cancellations += 1 }
                    throw error
                }
            }
        }
    }
}
