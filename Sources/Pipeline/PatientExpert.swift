public import Core
import Synchronization

/// An expert that is tried again after failures that may pass, for those who ask experts outside a journey: batches and
/// the annotator. Under the same plan as everybody, and where it is asked for a question within what that may use.
public struct PatientExpert: Expert {
    private let expert: any Expert
    private let time: TimeSource
    private let role: Attempt.Role
    private let seeds: SeedSource

    /// - Parameters:
    ///   - role: as which its attempts are written down.
    ///   - seed: of the jitter.
    public init(_ expert: any Expert, role: Attempt.Role = .seat, time: TimeSource, seed: UInt64) {
        self.expert = expert
        card = expert.card
        self.role = role
        self.time = time
        seeds = SeedSource(seed: seed)
    }

    /// As it was when this was made: asked for many times a question, it is not looked up through everybody behind.
    public let card: ExpertCard

    public func health() async -> ExpertHealth { await expert.health() }

    public var load: ExpertLoad? { expert.load }

    /// Returns once the answer has begun; what breaks off before its first text is asked again unnoticed.
    public func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
        let ledger = AttemptLedger.current
        let caller = ExpertCaller(
            directory: ExpertDirectory([expert]), meter: ledger?.meter ?? BudgetMeter(.unlimited, time: time),
            time: time, started: ledger?.started ?? time.now(), pulses: PulseBoard())
        let plan = AttemptPlan(
            [.init(card.id, role: role, retries: card.retries)],
            retries: ledger?.retries(usual: card.retries) ?? RetryBudget(card.retries),
            deadline: caller.meter.deadline, seed: seeds.next())
        var errand = Errand(plan, caller: caller, question: question, delivery: delivery)
        do {
            let reading = Reading(try await errand.begin(), of: errand, ledger: ledger)
            return AnswerStream { try await reading.next() }
        } catch {
            ledger?.write(errand.takeAttempts())
            throw error
        }
    }

    private final class SeedSource: Sendable {
        private let random: Mutex<SeededRandom>

        init(seed: UInt64) { random = Mutex(SeededRandom(seed: seed)) }

        func next() -> UInt64 { random.withLock { $0.next() } }
    }

    /// An answer being read.
    private actor Reading {
        private var call: OpenCall?
        private var errand: Errand
        private var waiting: ArraySlice<AnswerPiece>
        private let ledger: AttemptLedger?

        init(_ call: OpenCall, of errand: Errand, ledger: AttemptLedger?) {
            self.call = call
            self.errand = errand
            self.ledger = ledger
            waiting = call.beginning[...]
        }

        deinit {
            guard let call else { return }
            errand.close(call, .cancelled(.cancelled))
            ledger?.write(errand.takeAttempts())
        }

        func next() async throws -> AnswerPiece? {
            if let piece = waiting.popFirst() { return piece }
            // Not a copy of the whole call: that would copy its text with every piece.
            guard let (stream, isOver) = call.map({ ($0.stream, $0.isOver) }) else { return nil }
            do {
                if !isOver, let piece = try await stream.nextPiece() {
                    call?.take(piece)
                    return piece
                }
                end { .answered($0.assembly.answer(to: $1)) }
                return nil
            } catch let fault as Fault {
                end { _, _ in .failed(fault) }
                throw fault
            }
        }

        private func end(_ ending: (OpenCall, Question) -> ExpertCaller.Ending) {
            guard let open = call else { return }
            errand.close(open, ending(open, errand.question))
            ledger?.write(errand.takeAttempts())
            call = nil
        }
    }
}
