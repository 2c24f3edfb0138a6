import Core
import Support
import Synchronization

/// An expert that rests for a while, and then answers.
final class RecoveringExpert: Expert {
    let card = ExpertCard(id: "a", kind: .scripted)
    private let rest: Duration
    private let time = Mutex<ManualTime?>(nil)

    init(rest: Duration) { self.rest = rest }

    func follow(_ manual: ManualTime) { time.withLock { $0 = manual } }

    func health() async -> ExpertHealth {
        let left = rest - (time.withLock { $0?.passed } ?? .zero)
        return left > .zero ? .resting(retryAfter: left, because: "5 failures in a row") : .ready
    }

    func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
        let once = Once(.text("back"))
        return AnswerStream { once.next() }
    }

    private final class Once: Sendable {
        private let piece: Mutex<AnswerPiece?>

        init(_ piece: AnswerPiece) { self.piece = Mutex(piece) }

        func next() -> AnswerPiece? {
            piece.withLock { piece in
                defer { piece = nil }
                return piece
            }
        }
    }
}
