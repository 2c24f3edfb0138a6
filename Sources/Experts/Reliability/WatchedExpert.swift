package import Core
import Synchronization

/// An expert of whose calls somebody is told: when one begins, and once how it ended.
package struct WatchedExpert: Expert {
    private let expert: any Expert
    private let watch: (any CallWatch)?

    package init(_ expert: any Expert, watch: (any CallWatch)?) {
        self.expert = expert
        card = expert.card
        self.watch = watch
    }

    /// As it was when this was made: asked for many times a question, it is not looked up through everybody behind.
    package let card: ExpertCard

    package func health() async -> ExpertHealth { await expert.health() }

    package var isLoaded: Bool? { expert.isLoaded }

    package func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
        guard let watch else { return try await expert.ask(question, delivery: delivery) }
        let call = Call(to: card.id, watch: watch)
        let stream = try await call.following { try await expert.ask(question, delivery: delivery) }
        return AnswerStream {
            let piece = try await call.following { try await stream.nextPiece() }
            if piece == nil { call.end(.answered) }
            return piece
        }
    }

    /// One call; without an end of its own it was abandoned.
    private final class Call: Sendable {
        private let expert: ExpertID
        private let watch: any CallWatch
        private let isOver = Atomic(false)

        init(to expert: ExpertID, watch: any CallWatch) {
            self.expert = expert
            self.watch = watch
            watch.began(expert)
        }

        deinit { end(.abandoned) }

        func following<Result>(_ step: () async throws -> Result) async throws -> Result {
            do {
                return try await step()
            } catch let fault as Fault {
                end(.failed(fault.code))
                throw fault
            } catch {
                end(.abandoned)
                throw error
            }
        }

        func end(_ outcome: CallOutcome) {
            let (isFirst, _) = isOver.compareExchange(expected: false, desired: true, ordering: .relaxed)
            if isFirst { watch.ended(expert, outcome) }
        }
    }
}
