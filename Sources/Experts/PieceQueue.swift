import Core
import Synchronization

/// Hands out a list of pieces one by one.
final class PieceQueue: Sendable {
    private let pieces: Mutex<ArraySlice<AnswerPiece>>

    init(_ pieces: [AnswerPiece]) { self.pieces = Mutex(pieces[...]) }

    func next() -> AnswerPiece? { pieces.withLock { $0.popFirst() } }
}
