import Core
import Pipeline

/// One visit of a run: gives an expert its whole list, keeps every answer when it arrives, and tells a question that
/// cannot be answered from an expert that is down.
///
/// An expert that fails several times in a row is left alone. A failure on a question while the expert answers others
/// is the question's own and is kept as such, after one more try where that may help; otherwise the run could never be
/// finished. Failures that say nothing about the question (no connection, rate limits) are never kept, so that
/// resuming asks again.
struct RunVisit {
    /// So many failures in a row end a visit: the expert would fail the rest of its list too.
    static let patience = 5

    let expert: any Expert
    let run: String
    let store: any RunStore
    let time: TimeSource
    let purse: RunPurse
    /// Takes the list as a batch; nil if it is asked question by question.
    var taker: (any BatchTaker)?
    var news: @Sendable (BatchNews) -> Void = { _ in }

    /// What a visit left open.
    struct Interruption: Sendable {
        var expert: ExpertID
        /// What the expert failed with, in the order it happened; never empty.
        var faults: [Fault]
        /// Questions that it was not asked after that.
        var unasked: Int
        /// Questions that the run's budget was not enough for.
        var unaffordable = 0
    }

    private struct Round {
        var lost: [(job: RunJob, fault: Fault)] = []
        var answered = 0
        var isOver = false
        var unaffordable: [Fault] = []
    }

    private struct Enough: Error {}

    /// Asks every job's question.
    ///
    /// - Returns: nil if every job now has an answer, or a failure that is kept as its answer.
    func ask(
        _ jobs: [RunJob], tally: RunTally, progress: @Sendable (RunProgress) -> Void
    ) async throws -> Interruption? {
        guard !jobs.isEmpty else { return nil }
        let began = time.now()
        tally.visit(expert.card.id, isOpen: true)
        defer { tally.visit(expert.card.id, isOpen: false) }
        do {
            let left = try await rounds(jobs, tally: tally, progress: progress)
            try await countVisit(since: began)
            return left
        } catch {
            // A visit that was stopped took its time too; what stopped it matters more than whether that is counted.
            try? await countVisit(since: began)
            throw error
        }
    }

    private func rounds(
        _ jobs: [RunJob], tally: RunTally, progress: @Sendable (RunProgress) -> Void
    ) async throws -> Interruption? {
        var first = try await round(jobs, tally: tally, progress: progress)
        guard first.answered > 0, !first.isOver, first.unaffordable.isEmpty else {
            return interruption(first, of: jobs)
        }
        var open: [(job: RunJob, fault: Fault)] = []
        var again: [RunJob] = []
        for (job, fault) in first.lost {
            switch fault.code {
            case .expertRefused, .expertTimedOut: try await keep(fault, for: job, tally, progress)
            case .expertFailed, .expertGarbled, .expertCutOff: again.append(job)
            default: open.append((job, fault))
            }
        }
        if !again.isEmpty {
            let second = try await round(again, tally: tally, progress: progress)
            for (job, fault) in second.lost {
                if fault.code.isAboutConnection || second.isOver {
                    open.append((job, fault))
                } else {
                    try await keep(fault, for: job, tally, progress)
                }
            }
            first.answered += second.answered
            first.unaffordable += second.unaffordable
        }
        first.lost = open
        return interruption(first, of: jobs)
    }

    private func interruption(_ round: Round, of jobs: [RunJob]) -> Interruption? {
        guard !round.lost.isEmpty || !round.unaffordable.isEmpty else { return nil }
        let unasked = round.isOver ? jobs.count - round.answered - round.lost.count : 0
        return Interruption(
            expert: expert.card.id, faults: round.lost.map(\.fault) + round.unaffordable.prefix(1),
            unasked: max(0, unasked), unaffordable: round.unaffordable.count)
    }

    private func round(
        _ jobs: [RunJob], tally: RunTally, progress: @Sendable (RunProgress) -> Void
    ) async throws -> Round {
        var round = Round()
        var inARow = 0
        do {
            try await visit(jobs) { job, result in
                switch result {
                case .success(let answer):
                    let dollars = (taker?.price ?? expert.card.price).dollars(for: answer.usage)
                    purse.settle(aside: RunPurse.worst(expert.card, job.question), spent: dollars)
                    try await keep(
                        RunAnswer(
                            question: job.place.question, seat: job.place.seat, expert: expert.card.id, answer: answer,
                            dollars: dollars), tally, progress)
                    round.answered += 1
                    inARow = 0
                case .failure(let fault) where fault.code == .overBudget: round.unaffordable.append(fault)
                case .failure(let fault) where fault.code.blamesExpert:
                    round.lost.append((job, fault))
                    inARow += 1
                    if inARow >= Self.patience { throw Enough() }
                case .failure(let fault): try await keep(fault, for: job, tally, progress)
                }
            }
        } catch is Enough {
            round.isOver = true
        }
        return round
    }

    private func visit(
        _ jobs: [RunJob], arrived: (RunJob, Result<Answer, Fault>) async throws -> Void
    ) async throws {
        if let taker {
            let visit = BatchedVisit(expert: expert.card, taker: taker, run: run, purse: purse, news: news)
            return try await visit.ask(jobs, arrived: arrived)
        }
        try await BatchVisit(expert: PursedExpert(expert: expert, purse: purse), time: time)
            .ask(jobs, question: \.question, arrived: arrived)
    }

    private func keep(
        _ fault: Fault, for job: RunJob, _ tally: RunTally, _ progress: @Sendable (RunProgress) -> Void
    ) async throws {
        let failure = RunAnswer(
            question: job.place.question, seat: job.place.seat, expert: expert.card.id, answer: nil, fault: fault)
        try await keep(failure, tally, progress)
    }

    private func keep(
        _ answer: RunAnswer, _ tally: RunTally, _ progress: @Sendable (RunProgress) -> Void
    ) async throws {
        // In a task of its own: one that is being cancelled could not write an answer that has arrived.
        try await Task { [store, run] in try await store.keep(answer, in: run) }.value
        progress(tally.add(answer))
    }

    private func countVisit(since began: TimeSource.Instant) async throws {
        let seconds = time.seconds(since: began)
        let id = expert.card.id
        try await Task { [store, run] in try await store.countVisit(of: id, in: run, seconds: seconds) }.value
    }
}

extension Fault.Code {
    /// True if the failure says nothing about the question that was asked.
    fileprivate var isAboutConnection: Bool {
        switch self {
        case .expertUnreachable, .expertLimited, .expertResting: true
        default: false
        }
    }
}
