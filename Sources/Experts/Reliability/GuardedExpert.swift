package import Core
import Synchronization

/// An expert behind a circuit breaker: while it rests, questions fail at once and say when to come back.
package final class GuardedExpert: Expert {
    private let expert: any Expert
    private let time: TimeSource
    private let breaker = Mutex(CircuitBreaker())

    package init(_ expert: any Expert, time: TimeSource) {
        self.expert = expert
        card = expert.card
        self.time = time
    }

    /// As it was when this was made: asked for many times a question, it is not looked up through everybody behind.
    package let card: ExpertCard

    package var isLoaded: Bool? { expert.isLoaded }

    package func health() async -> ExpertHealth {
        let inner = await expert.health()
        guard inner.isReady else { return inner }
        let (wait, why) = breaker.withLock { ($0.wait(at: time.now()), $0.lastReason) }
        return wait.map { .resting(retryAfter: $0, because: why) } ?? .ready
    }

    package func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
        guard let pass = breaker.withLock({ $0.admit(at: time.now()) }) else {
            CallSlip.current?.note { $0.isSent = false }
            throw refusal()
        }
        let call = Call(of: self, pass: pass)
        let stream = try await call.watch { try await expert.ask(question, delivery: delivery) }
        return AnswerStream {
            let piece = try await call.watch { try await stream.nextPiece() }
            if piece == nil { call.end { $0.succeed(pass) } }
            return piece
        }
    }

    private func refusal() -> Fault {
        let (wait, why) = breaker.withLock { ($0.wait(at: time.now())?.seconds ?? 1, $0.lastReason) }
        return Fault(
            .expertResting, card.id.rawValue, "is left alone after failures (\(why))",
            hint: "It is tried again in \(Int(wait.rounded(.up))) s", retryAfterSeconds: wait)
    }

    /// One call; what becomes of it is told to the breaker once. A stream that is dropped before its end says nothing
    /// about the expert, but gives the place of a probe back.
    private final class Call: Sendable {
        private let expert: GuardedExpert
        private let pass: CircuitBreaker.Pass
        private let isOver = Mutex(false)

        init(of expert: GuardedExpert, pass: CircuitBreaker.Pass) {
            self.expert = expert
            self.pass = pass
        }

        deinit { leave() }

        func watch<Result>(_ step: () async throws -> Result) async throws -> Result {
            do {
                return try await step()
            } catch let fault as Fault {
                end { $0.fail(self.pass, fault, at: self.expert.time.now()) }
                throw fault
            } catch {
                leave()
                throw error
            }
        }

        func end(_ outcome: (inout CircuitBreaker) -> Void) {
            let isFirst = isOver.withLock { isOver in
                defer { isOver = true }
                return !isOver
            }
            if isFirst { expert.breaker.withLock { outcome(&$0) } }
        }

        private func leave() { end { $0.abandon(self.pass, at: self.expert.time.now()) } }
    }
}
