import Aggregation
public import Core
public import Pipeline
import Routing

/// Runs a suite: recruit for every question first, visit each expert once with its whole list, aggregate, grade.
///
/// Source: Symbolic-MoE, arXiv:2503.05641, steps E to H. Every answer is committed when it arrives: a killed run goes on
/// where it stopped, asks nothing twice and loses nothing.
public struct BenchRun: Sendable {
    private let order: RunOrder
    private let directory: ExpertDirectory
    private let needs: NeedFinder
    private let profiles: ProfileShelf
    private let store: any RunStore
    private let time: TimeSource

    public init(
        order: RunOrder, directory: ExpertDirectory, needs: NeedFinder, profiles: ProfileShelf,
        store: any RunStore, time: TimeSource
    ) {
        self.order = order
        self.directory = directory
        self.needs = needs
        self.profiles = profiles
        self.store = store
        self.time = time
    }

    /// Starts a run under a new id, or goes on with an interrupted one.
    ///
    /// - Parameter progress: called after every answer.
    /// - Returns: the finished run.
    public func run(id: String, resuming: Bool, progress: @Sendable (RunProgress) -> Void) async throws -> Run {
        let record: Run
        if resuming {
            guard let known = try await store.run(id) else {
                throw Fault.unknown(.unknownRun, "run", named: id, among: try await store.runs().map(\.id))
            }
            try order.checkMatches(known)
            record = known
        } else {
            record = order.record(id: id, at: time.timestamp())
            try await store.start(record)
        }
        let seats = try await plannedSeats(of: record.id)
        try await ask(seats, in: record.id, progress: progress)
        try await conclude(seats, in: record.id, progress: progress)
        try await store.finish(record.id)
        return try await store.run(record.id) ?? record
    }

    // MARK: Recruiting

    /// The seats of every question: as stored, or drawn now and stored before anyone is asked.
    private func plannedSeats(of run: String) async throws -> [RunSeats] {
        let stored = try await store.seats(in: run)
        if stored.count == order.questions.count {
            let byQuestion = Dictionary(stored.map { ($0.question, $0) }, uniquingKeysWith: { first, _ in first })
            return try order.questions.map { question in
                guard let seats = byQuestion[question.id] else {
                    throw Fault(.storeBroken, "run \(run)", "has no seats for question \(question.id)")
                }
                return seats
            }
        }
        let planned = try await recruit()
        try await store.keep(planned, in: run)
        return planned
    }

    private func recruit() async throws -> [RunSeats] {
        let snapshot = profiles.snapshot
        let strategy = order.strategy.routing.makeStrategy()
        let pool = try order.experts.map { id in
            Contender(card: try directory.expert(id).card, profile: snapshot.book.profile(of: id))
        }
        let asked = order.questions.map { Question($0.question) }
        let needed = order.strategy.routing.strategy == .fixed || order.strategy.routing.strategy == .random
            ? order.questions.map { _ in NeedFinder.Finding(need: Need(annotator: "none", mentions: [])) }
            : try await needs.needs(of: asked, matcher: snapshot.matcher)
        var recruitments = try needed.enumerated().map { index, finding in
            try strategy.recruit(
                for: finding.need, from: pool, seed: SeededRandom.derived(from: order.seed, index: UInt64(index)))
        }
        if order.strategy.routing.trim > 0 {
            recruitments = try RareExpertTrim(least: order.strategy.routing.trim).trim(recruitments, seed: order.seed)
        }
        return order.questions.indices.map {
            RunSeats(question: order.questions[$0].id, need: needed[$0].need, recruitment: recruitments[$0])
        }
    }

    // MARK: Asking

    private func ask(
        _ seats: [RunSeats], in run: String, progress: @Sendable (RunProgress) -> Void
    ) async throws {
        let answers = try await store.answers(in: run)
        let answered = Set(answers.map { Place(question: $0.question, seat: $0.seat) })
        let visits = BatchPlanner().plan(seats.map { $0.recruitment.seats.map(\.expert) }) { job in
            answered.contains(Place(question: seats[job.question].question, seat: job.seat))
        }
        var tally = RunTally(answers, total: seats.reduce(0) { $0 + $1.recruitment.seats.count })
        for visit in visits {
            let jobs = visit.jobs.map { job in
                Job(
                    place: Place(question: seats[job.question].question, seat: job.seat),
                    question: order.question(
                        job.question, seat: job.seat, of: seats[job.question].recruitment.seats.count))
            }
            try await self.visit(visit.expert, jobs, in: run, tally: &tally, progress: progress)
        }
    }

    /// Asks one expert its list. Failures that may pass are not stored, so that resuming asks again.
    private func visit(
        _ id: ExpertID, _ jobs: [Job], in run: String, tally: inout RunTally,
        progress: @Sendable (RunProgress) -> Void
    ) async throws {
        let expert = try directory.expert(id)
        let began = time.now()
        var lost: [Fault] = []
        tally.begin(id, jobs: jobs.count)
        try await BatchVisit(expert: expert, time: time).ask(jobs, question: \.question) { job, result in
            switch result {
            case .success(let answer):
                let kept = RunAnswer(
                    question: job.place.question, seat: job.place.seat, expert: id, answer: answer,
                    dollars: expert.card.price.dollars(for: answer.usage))
                try await store.keep(kept, in: run)
                tally.add(kept)
            case .failure(let fault) where fault.code.blamesExpert && fault.code != .expertRefused:
                lost.append(fault)
                // An expert that fails again and again would fail the rest of its list too.
                if lost.count >= Self.patience { throw interrupted(run, by: id, lost) }
            case .failure(let fault):
                let kept = RunAnswer(
                    question: job.place.question, seat: job.place.seat, expert: id, answer: nil, fault: fault)
                try await store.keep(kept, in: run)
                tally.add(kept)
            }
            progress(tally.progress)
        }
        if !jobs.isEmpty { try await store.countVisit(of: id, in: run, seconds: time.seconds(since: began)) }
        if !lost.isEmpty { throw interrupted(run, by: id, lost) }
    }

    /// So many failed calls end a visit.
    private static let patience = 5

    private func interrupted(_ run: String, by expert: ExpertID, _ faults: [Fault]) -> Fault {
        Fault(
            faults[0].code, "run \(run)", "\(expert) failed on \(faults.count) questions; every other answer is kept",
            hint: "When \(expert) is back, go on with --resume \(run)", causes: Array(faults.prefix(3)))
    }

    // MARK: Concluding

    /// Aggregates and grades; questions that need a synthesis are written in one more visit.
    private func conclude(
        _ seats: [RunSeats], in run: String, progress: @Sendable (RunProgress) -> Void
    ) async throws {
        let concluder = Concluder(order: order, answers: try await store.answers(in: run))
        var tally = RunTally(concluder.all, total: concluder.all.count)
        let written = concluder.syntheses(for: seats)
        for (writer, jobs) in written.sorted(by: { $0.key < $1.key }) {
            tally.total += jobs.count
            try await visit(writer, jobs, in: run, tally: &tally, progress: progress)
        }
        let final = Concluder(order: order, answers: try await store.answers(in: run))
        for (index, seat) in seats.enumerated() { try await store.keep(final.grade(index, seats: seat), in: run) }
    }

    /// One answer that the run needs.
    struct Place: Hashable, Sendable {
        var question: String
        var seat: Int
    }

    /// A place and what is asked for it.
    struct Job: Sendable {
        var place: Place
        var question: Question
    }
}
