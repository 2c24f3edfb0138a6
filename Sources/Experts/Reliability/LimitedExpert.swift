package import Core
import Synchronization

/// An expert that is asked so many questions at a time; a place is held until the answer's last piece is read or the
/// stream is dropped.
package struct LimitedExpert: Expert {
    private let expert: any Expert
    private let limit: ConcurrencyLimit

    package init(_ expert: any Expert) {
        self.expert = expert
        limit = ConcurrencyLimit(expert.card.concurrent)
    }

    package var card: ExpertCard { expert.card }

    package func health() async -> ExpertHealth { await expert.health() }

    package func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
        let place = HeldPlace(try await limit.enter())
        let stream = try await expert.ask(question, delivery: delivery)
        return AnswerStream {
            do {
                let piece = try await stream.nextPiece()
                if piece == nil { place.leave() }
                return piece
            } catch {
                place.leave()
                throw error
            }
        }
    }
}

/// A place that can be left before the stream that holds it is dropped.
private final class HeldPlace: Sendable {
    private let place: Mutex<ConcurrencyLimit.Place?>

    init(_ place: ConcurrencyLimit.Place) { self.place = Mutex(place) }

    func leave() {
        // Dropped outside the lock: leaving may let the next one in at once.
        let left = place.withLock { place in
            defer { place = nil }
            return place
        }
        _ = left
    }
}
