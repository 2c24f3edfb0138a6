package import Core
import Synchronization

/// An expert whose server holds only some models at a time: it is asked when its model's turn has come, so that
/// questions for one model are answered together and the server does not load another for each.
package struct SwappedExpert: Expert {
    private let expert: any Expert
    package let turns: SwapTurns
    private let time: TimeSource

    package init(_ expert: any Expert, turns: SwapTurns, time: TimeSource) {
        self.expert = expert
        card = expert.card
        self.turns = turns
        self.time = time
    }

    /// As it was when this was made: asked for many times a question, it is not looked up through everybody behind.
    package let card: ExpertCard

    package func health() async -> ExpertHealth { await expert.health() }

    /// As far as questions from here decide which model is there.
    package var isLoaded: Bool? { expert.isLoaded ?? turns.holds(card.id) }

    package var load: ExpertLoad? {
        guard var load = expert.load else { return nil }
        load.waiting += turns.waitingCount(for: card.id)
        return load
    }

    package func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
        // Who rests turns everybody away: no model is loaded to hear that.
        guard await expert.health().isReady else { return try await expert.ask(question, delivery: delivery) }
        let slip = CallSlip.current
        let began = time.now()
        slip?.note { $0.isSent = false }
        let turn = HeldTurn(try await turn())
        slip?.note { facts in
            facts.isSent = true
            facts.queuedSeconds = time.seconds(since: began)
        }
        let stream = try await expert.ask(question, delivery: delivery)
        return AnswerStream {
            do {
                let piece = try await stream.nextPiece()
                if piece == nil { turn.leave() }
                return piece
            } catch {
                turn.leave()
                throw error
            }
        }
    }

    /// A turn that comes with a place: whoever has it is asked at once.
    private func turn() async throws -> SwapTurns.Turn {
        let places = expert.load?.places ?? card.concurrent
        do {
            return try await turns.turn(of: card.id, places: places, queue: card.queue)
        } catch let full as ConcurrencyLimit.Full {
            throw Fault.full(card, waiting: full.waiting, places: places)
        }
    }
}

/// A turn that can be over before the stream that holds it is dropped.
private final class HeldTurn: Sendable {
    private let turn: Mutex<SwapTurns.Turn?>

    init(_ turn: SwapTurns.Turn) { self.turn = Mutex(turn) }

    func leave() {
        // Dropped outside the lock: leaving may let others in at once.
        let left = turn.withLock { turn in
            defer { turn = nil }
            return turn
        }
        _ = left
    }
}
