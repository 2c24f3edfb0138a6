import Core

/// Asks several experts at once and collects what they say, in seat order.
struct Panel: Sendable {
    /// What one seat came to.
    struct Result: Sendable {
        var seat: Int
        var answer: Answer?
        var attempt: Attempt
    }

    let directory: ExpertDirectory
    let meter: BudgetMeter
    let time: TimeSource

    /// Temperature for seats when the question leaves it open: several draws of one answer would be one answer
    /// (arXiv:2503.05641, released code).
    static let temperature = 0.7

    /// Asks every seat. Seats that miss the deadline are cut off and count as failed; the others stand.
    func ask(_ question: Question, seats: [ExpertID], seed: UInt64) async throws -> [Result] {
        try await withThrowingTaskGroup(of: Result.self) { group in
            for (seat, expert) in seats.enumerated() {
                let asked = Self.question(question, forSeat: seat, of: seats.count, seed: seed)
                group.addTask { try await ask(expert, asked, seat: seat) }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.seat < $1.seat }
        }
    }

    /// Each seat draws its own answer: with its own seed, and warm enough to differ.
    static func question(_ question: Question, forSeat seat: Int, of count: Int, seed: UInt64) -> Question {
        guard count > 1 else { return question }
        var asked = question
        asked.sampling.temperature = question.sampling.temperature ?? temperature
        asked.sampling.seed =
            question.sampling.seed.map { $0 &+ seat }
            ?? Int(SeededRandom.derived(from: seed, index: UInt64(seat)) & 0x7FFF_FFFF)
        return asked
    }

    private func ask(_ id: ExpertID, _ question: Question, seat: Int) async throws -> Result {
        let started = time.now()
        do {
            let expert = try directory.expert(id)
            let reservation = try await meter.reserve(expert.card, for: question)
            do {
                let answer = try await finishing(by: meter.deadline, time: time, subject: id.rawValue) {
                    try await expert.answer(question, time: time)
                }
                let dollars = expert.card.price.dollars(for: answer.usage)
                meter.settle(reservation, dollars: dollars, usage: answer.usage)
                return Result(seat: seat, answer: answer, attempt: Attempt(answer, role: .seat, dollars: dollars))
            } catch {
                meter.settle(reservation, dollars: 0)
                throw error
            }
        } catch let fault as Fault {
            let attempt = Attempt(expert: id, role: .seat, seconds: time.seconds(since: started), fault: fault)
            return Result(seat: seat, answer: nil, attempt: attempt)
        }
    }
}

extension Attempt {
    /// The record of a call that was answered.
    init(_ answer: Answer, role: Role, dollars: Double) {
        self.init(
            expert: answer.expert, role: role, seconds: answer.seconds, firstTextSeconds: answer.firstTextSeconds,
            usage: answer.usage, dollars: dollars, finish: answer.finish)
    }
}
