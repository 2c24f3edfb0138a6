import Core
import Synchronization

/// An expert behind a circuit breaker: while it rests, questions fail at once and say when to come back.
final class GuardedExpert: Expert {
    private let expert: any Expert
    private let time: TimeSource
    private let breaker = Mutex(CircuitBreaker())

    init(_ expert: any Expert, time: TimeSource) {
        self.expert = expert
        self.time = time
    }

    var card: ExpertCard { expert.card }

    func health() async -> ExpertHealth {
        let inner = await expert.health()
        guard inner.isReady else { return inner }
        let (wait, why) = breaker.withLock { ($0.wait(at: time.now()), $0.lastReason) }
        return wait.map { .resting(retryAfter: $0, because: why) } ?? .ready
    }

    func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
        let refusal = breaker.withLock { breaker -> Fault? in
            guard !breaker.mayPass(at: time.now()) else { return nil }
            let wait = breaker.wait(at: time.now())?.seconds ?? 1
            return Fault(
                .expertResting, card.id.rawValue, "is left alone after failures (\(breaker.lastReason))",
                hint: "It is tried again in \(Int(wait.rounded(.up))) s", retryAfterSeconds: wait)
        }
        if let refusal { throw refusal }
        do {
            let stream = try await expert.ask(question, delivery: delivery)
            breaker.withLock { $0.succeed() }
            return AnswerStream { try await self.next(of: stream) }
        } catch {
            note(error)
            throw error
        }
    }

    private func next(of stream: AnswerStream) async throws -> AnswerPiece? {
        do {
            return try await stream.nextPiece()
        } catch {
            note(error)
            throw error
        }
    }

    private func note(_ error: any Error) {
        let now = time.now()
        breaker.withLock { breaker in
            if let fault = error as? Fault { breaker.fail(fault, at: now) } else { breaker.abandon(at: now) }
        }
    }
}
