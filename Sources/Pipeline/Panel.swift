import Core

/// Asks several experts at once and collects what they say, in seat order. When the rest cannot change the outcome any
/// more, they are hung up on.
struct Panel: Sendable {
    /// What one seat came to.
    struct Result: Sendable {
        var seat: Int
        var answer: Answer?
        /// Why there is none; nil too for a seat that was hung up on.
        var fault: Fault?
        /// Every try of this seat.
        var attempts: [Attempt]
    }

    let caller: ExpertCaller
    let retries: RetryBudget
    let hedge: HedgePolicy?
    /// Says when a vote is decided; nil where every answer is wanted.
    let quorum: SeatQuorum?

    /// Temperature for seats when the question leaves it open: several draws of one answer would be one answer
    /// (arXiv:2503.05641, released code).
    static let temperature = 0.7

    /// Asks every seat. Seats that miss the deadline are cut off and count as failed; the others stand.
    func ask(_ question: Question, seats: [ExpertID], seed: UInt64) async -> [Result] {
        await withTaskGroup(of: Result.self) { group in
            for (seat, expert) in seats.enumerated() {
                let errand = errand(
                    Self.question(question, forSeat: seat, of: seats.count, seed: seed), to: expert,
                    seed: SeededRandom.derived(from: ~seed, index: UInt64(seat)))
                group.addTask { await Self.carryOut(errand, seat: seat) }
            }
            var results: [Result] = []
            for await result in group {
                results.append(result)
                if let quorum, !group.isCancelled {
                    let answers = results.compactMap { result in result.answer.map { (result.seat, $0) } }
                    let pending = seats.indices.filter { seat in !results.contains { $0.seat == seat } }
                    if quorum.isDecided(answers, pending: pending) { group.cancelAll() }
                }
            }
            return results.sorted { $0.seat < $1.seat }
        }
    }

    /// Each seat draws its own answer: with its own seed, and warm enough to differ. Whoever gave `top_p` alone has said how
    /// it is drawn, and some experts refuse both.
    static func question(_ question: Question, forSeat seat: Int, of count: Int, seed: UInt64) -> Question {
        guard count > 1 else { return question }
        var asked = question
        if question.sampling.topP == nil { asked.sampling.temperature = question.sampling.temperature ?? temperature }
        asked.sampling.seed =
            question.sampling.seed.map { $0 &+ seat }
            ?? Int(SeededRandom.derived(from: seed, index: UInt64(seat)) & 0x7FFF_FFFF)
        return asked
    }

    private func errand(_ question: Question, to expert: ExpertID, seed: UInt64) -> Errand {
        let plan = AttemptPlan(
            [.init(expert, role: .seat, retries: caller.directory[expert]?.card.retries ?? 0)], retries: retries,
            deadline: caller.meter.deadline, hedges: caller.hedges(hedge, for: [expert]), seed: seed)
        return Errand(plan, caller: caller, question: question, delivery: .whole, hedge: hedge)
    }

    private static func carryOut(_ errand: Errand, seat: Int) async -> Result {
        var errand = errand
        var result = Result(seat: seat, attempts: [])
        do {
            result.answer = try await errand.answer()
        } catch {
            result.fault = error as? Fault
        }
        result.attempts = errand.takeAttempts()
        return result
    }
}
