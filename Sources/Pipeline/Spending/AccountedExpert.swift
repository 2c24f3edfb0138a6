public import Core
import Synchronization

/// An expert whose calls are counted where nobody else counts them: the one that says which skills a question needs is
/// asked before the question has a budget of its own.
public struct AccountedExpert: Expert {
    private let expert: any Expert
    private let time: TimeSource

    public init(_ expert: any Expert, time: TimeSource) {
        self.expert = expert
        card = expert.card
        self.time = time
    }

    /// As it was when this was made: asked for many times a question, it is not looked up through everybody behind.
    public let card: ExpertCard

    public func health() async -> ExpertHealth { await expert.health() }

    public func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
        guard let account = Asker.current?.account else { return try await expert.ask(question, delivery: delivery) }
        let meter = BudgetMeter(.unlimited, account: account, time: time)
        let reservation = try await meter.reserve(card, for: question)
        var assembly = AnswerAssembly(expert: card.id, time: time)
        var pieces: [AnswerPiece] = []
        for try await piece in try await expert.ask(question, delivery: delivery) {
            assembly.add(piece)
            pieces.append(piece)
        }
        let usage = assembly.answer(to: question).usage
        meter.settle(reservation, dollars: card.price.dollars(for: usage), usage: usage)
        let left = PiecesLeft(pieces)
        return AnswerStream { left.next() }
    }
}

/// Pieces that are there already, handed out one at a time.
private final class PiecesLeft: Sendable {
    private let pieces: Mutex<ArraySlice<AnswerPiece>>

    init(_ pieces: [AnswerPiece]) { self.pieces = Mutex(pieces[...]) }

    func next() -> AnswerPiece? { pieces.withLock { $0.popFirst() } }
}
