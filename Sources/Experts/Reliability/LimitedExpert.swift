package import Core
import Synchronization

/// An expert that is asked so many questions at a time, and no more often than its server takes them.
///
/// A place is held until the answer's last piece is read or the stream is dropped; others wait, no more than
/// `card.queue`. How many places there are is learned from status 429, and when a call has no chance from what the
/// server says is left of its rate limit: then the caller is told when it has, and nothing is sent.
package final class LimitedExpert: Expert {
    private let expert: any Expert
    private let time: TimeSource
    private let limit: ConcurrencyLimit
    private let learned: Mutex<LearnedLimit>
    private let window = Mutex(RateWindow())

    package init(_ expert: any Expert, time: TimeSource) {
        self.expert = expert
        card = expert.card
        self.time = time
        limit = ConcurrencyLimit(expert.card.concurrent, queue: expert.card.queue)
        learned = Mutex(LearnedLimit(most: expert.card.concurrent))
    }

    /// As it was when this was made: asked for many times a question, it is not looked up through everybody behind.
    package let card: ExpertCard

    package var isLoaded: Bool? { expert.isLoaded }

    package var load: ExpertLoad? {
        ExpertLoad(
            active: limit.takenCount, waiting: limit.waitingCount, places: learned.withLock { $0.places })
    }

    package func health() async -> ExpertHealth {
        let inner = await expert.health()
        guard inner.isReady, let rest = window.withLock({ $0.rest(at: time.now()) }) else { return inner }
        return .resting(retryAfter: rest, because: "its rate limit is used up")
    }

    package func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
        if let slip = CallSlip.current { return try await ask(question, delivery, slip) }
        let slip = CallSlip()
        return try await CallSlip.$current.withValue(slip) { try await ask(question, delivery, slip) }
    }

    private func ask(_ question: Question, _ delivery: Delivery, _ slip: CallSlip) async throws -> AnswerStream {
        let place = HeldPlace(try await enter(slip))
        let tokens = question.estimatedTokens + (question.sampling.maximumTokens ?? 0)
        if let wait = window.withLock({ $0.wait(toSend: tokens, at: time.now()) }) {
            slip.note { $0.isSent = false }
            throw Fault(
                .expertLimited, card.id.rawValue, "was not asked: its rate limit is used up",
                hint: "It takes questions again in \(Int(wait.seconds.rounded(.up))) s", retryAfterSeconds: wait.seconds
            )
        }
        let began = time.now()
        let stream: AnswerStream
        do {
            stream = try await expert.ask(question, delivery: delivery)
        } catch {
            learn(slip, failure: error, since: began)
            throw error
        }
        learn(slip, failure: nil, since: began)
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

    private func enter(_ slip: CallSlip) async throws -> ConcurrencyLimit.Place {
        if let place = limit.enterAtOnce() { return place }
        // Who rests turns everybody away: nobody is kept waiting to hear that.
        if case .resting(let wait, let why) = await expert.health() {
            slip.note { $0.isSent = false }
            throw Fault(
                .expertResting, card.id.rawValue, "is left alone after failures (\(why))",
                hint: "It is tried again in \(Int(wait.seconds.rounded(.up))) s", retryAfterSeconds: wait.seconds)
        }
        slip.note { $0.isSent = false }
        let began = time.now()
        defer { slip.note { $0.queuedSeconds = ($0.queuedSeconds ?? 0) + time.seconds(since: began) } }
        do {
            let place = try await limit.enter()
            slip.note { $0.isSent = true }
            return place
        } catch let full as ConcurrencyLimit.Full {
            throw Fault.full(card, waiting: full.waiting, places: learned.withLock { $0.places })
        }
    }

    private func learn(_ slip: CallSlip, failure: (any Error)?, since began: TimeSource.Instant) {
        let now = time.now()
        if let allowance = slip.facts.allowance { window.withLock { $0.note(allowance, at: now) } }
        let code = (failure as? Fault)?.code
        guard failure == nil || code == .expertLimited else { return }
        // Within the lock: of two that learn at once, the later one's word has to stand.
        learned.withLock { learned in
            let before = learned.places
            if failure == nil { learned.answered() } else { learned.turnedAway(callBegan: began, at: now) }
            if learned.places != before { limit.resize(to: learned.places) }
        }
    }
}

extension Fault {
    /// No more may wait for a place of this expert.
    static func full(_ card: ExpertCard, waiting: Int, places: Int) -> Fault {
        Fault(
            .overloaded, card.id.rawValue, "\(waiting) questions wait for one of its \(places) places already",
            hint: "Ask again later, or raise experts.\(card.id).limits.concurrent or limits.queue",
            retryAfterSeconds: 1)
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
