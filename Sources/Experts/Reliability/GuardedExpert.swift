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
            if piece == nil { call.end { $0.succeed($1) } } else { call.begin() }
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
    /// about the expert, but gives the place of a probe back. A probe whose answer has begun is a call like any other:
    /// nobody waits for its reader.
    private final class Call: Sendable {
        private struct State {
            var pass: CircuitBreaker.Pass
            var isOver = false
        }

        private let expert: GuardedExpert
        private let isProbe: Bool
        private let state: Mutex<State>

        init(of expert: GuardedExpert, pass: CircuitBreaker.Pass) {
            self.expert = expert
            isProbe = pass == .probe
            state = Mutex(State(pass: pass))
        }

        deinit { leave() }

        func watch<Result>(_ step: () async throws -> Result) async throws -> Result {
            do {
                return try await step()
            } catch let fault as Fault {
                end { $0.fail($1, fault, at: self.expert.time.now()) }
                throw fault
            } catch {
                leave()
                throw error
            }
        }

        /// Something of the answer has come.
        func begin() {
            guard isProbe else { return }
            let isFirst = state.withLock { state in
                defer { state.pass = .normal }
                return state.pass == .probe && !state.isOver
            }
            if isFirst { expert.breaker.withLock { $0.begin(.probe) } }
        }

        func end(_ outcome: (inout CircuitBreaker, CircuitBreaker.Pass) -> Void) {
            let pass = state.withLock { state in
                defer { state.isOver = true }
                return state.isOver ? nil : state.pass
            }
            if let pass { expert.breaker.withLock { outcome(&$0, pass) } }
        }

        private func leave() { end { $0.abandon($1, at: self.expert.time.now()) } }
    }
}
