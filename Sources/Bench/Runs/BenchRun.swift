public import Core
public import Pipeline

/// Runs a suite: recruit for every question first, visit each expert once with its whole list, aggregate, grade.
///
/// Source: Symbolic-MoE, arXiv:2503.05641, steps E to H. Every answer is committed when it arrives: a killed run goes on
/// where it stopped, asks nothing twice and loses nothing.
public struct BenchRun: Sendable {
    private var order: RunOrder
    private let directory: ExpertDirectory
    private let needs: NeedFinder
    private let profiles: ProfileShelf
    private let store: any RunStore
    private let time: TimeSource
    private let choices: (any ChoiceStore)?
    private let conduct: RunConduct

    /// - Parameters:
    ///   - choices: where the writer chosen for a route is found; nil if nothing was chosen.
    ///   - conduct: how it is carried out.
    public init(
        order: RunOrder, directory: ExpertDirectory, needs: NeedFinder, profiles: ProfileShelf,
        store: any RunStore, time: TimeSource, choices: (any ChoiceStore)? = nil, conduct: RunConduct = RunConduct()
    ) {
        self.order = order
        self.directory = directory
        self.needs = needs
        self.profiles = profiles
        self.store = store
        self.time = time
        self.choices = choices
        self.conduct = conduct
    }

    /// Starts a run under a new id, or goes on with an interrupted one.
    ///
    /// - Parameter progress: called after every answer.
    /// - Returns: the finished run.
    /// - Throws: a `Fault`. If experts were down, it says which, and how to go on; every answer that came is kept.
    public func run(id: String, resuming: Bool, progress: @escaping @Sendable (RunProgress) -> Void) async throws -> Run
    {
        try order.checkQuestions()
        try await order.checkJudge(in: store)
        let known = try await store.run(id)
        if resuming, known == nil {
            throw Fault.unknown(.unknownRun, "run", named: id, among: try await store.runs().map(\.id))
        }
        var copy = self
        copy.order.strategy = try await WriterRanking(
            order: order, directory: directory, profiles: profiles, choices: choices
        ).settled(resuming: resuming ? known : nil)
        return try await copy.carryOut(id, resuming: resuming ? known : nil, progress)
    }

    private func carryOut(
        _ id: String, resuming known: Run?, _ progress: @escaping @Sendable (RunProgress) -> Void
    ) async throws -> Run {
        let record = known ?? order.record(id: id, at: time.timestamp())
        if known != nil { try order.checkMatches(record) } else { try await store.start(record) }
        let seats = try await plannedSeats(of: id)
        try await ask(seats, in: id, progress: progress)
        try await conclude(seats, in: id, progress: progress)
        try await store.finish(id)
        return try await store.run(id) ?? record
    }

    /// The seats of every question: as stored, or drawn now and stored before anyone is asked.
    private func plannedSeats(of run: String) async throws -> [RunSeats] {
        let stored = try await store.seats(in: run)
        if stored.isEmpty {
            let planned = try await RunRecruiter(
                order: order, directory: directory, needs: needs, profiles: profiles
            ).recruit()
            try await store.keep(planned, in: run)
            return planned
        }
        let byQuestion = Dictionary(stored.map { ($0.question, $0) }, uniquingKeysWith: { first, _ in first })
        return try order.questions.map { question in
            guard let seats = byQuestion[question.id] else {
                throw Fault(
                    .storeBroken, "run \(run)", "has no seats for question \(question.id)",
                    hint: "Start a new run without --resume")
            }
            return seats
        }
    }

    private func ask(
        _ seats: [RunSeats], in run: String, progress: @escaping @Sendable (RunProgress) -> Void
    ) async throws {
        let places = seats.flatMap { seat in
            seat.recruitment.seats.indices.map { RunPlace(question: seat.question, seat: $0) }
        }
        let wanted = Set(places)
        let kept = try await store.answers(in: run).filter { wanted.contains($0.place) }
        let answered = Set(kept.map(\.place))
        let recruited = seats.map { $0.recruitment.seats.map(\.expert) }
        let isDone = { (job: BatchPlanner.Job) in
            answered.contains(RunPlace(question: seats[job.question].question, seat: job.seat))
        }
        let visits =
            conduct.order == .grouped
            ? BatchPlanner().plan(recruited, isDone: isDone) : BatchPlanner().planByArrival(recruited, isDone: isDone)
        let lists = visits.map { visit in
            let jobs = visit.jobs.map { job in
                let count = seats[job.question].recruitment.seats.count
                return RunJob(
                    place: RunPlace(question: seats[job.question].question, seat: job.seat),
                    question: order.question(job.question, seat: job.seat, of: count))
            }
            return (visit.expert, jobs)
        }
        try await self.visit(lists, kept: kept, in: run, progress: progress)
    }

    /// Aggregates and grades; questions that need a synthesis are written in one more visit, judgements are made in
    /// another.
    private func conclude(
        _ seats: [RunSeats], in run: String, progress: @escaping @Sendable (RunProgress) -> Void
    ) async throws {
        let answers = try await store.answers(in: run)
        let lists = Concluder(order: order, answers: answers).syntheses(for: seats).sorted { $0.key < $1.key }
        if !lists.isEmpty {
            try await visit(lists.map { ($0.key, $0.value) }, kept: answers, in: run, progress: progress)
        }
        let grading = RunGrading(order: order, store: store, programs: conduct.programs)
        if let judge = order.judge, order.suite.spec.metric.needsJudge {
            let jobs = try await grading.judgements(seats, in: run)
            let kept = try await store.answers(in: run)
            if !jobs.isEmpty { try await visit([(judge.expert, jobs)], kept: kept, in: run, progress: progress) }
        }
        for grade in try await grading.grades(seats, in: run) { try await store.keep(grade, in: run) }
    }

    /// Visits each expert with its list, one after the other in a lane, lanes together. One that is down does not keep
    /// the others from being asked.
    private func visit(
        _ lists: [(expert: ExpertID, jobs: [RunJob])], kept: [RunAnswer], in run: String,
        progress: @escaping @Sendable (RunProgress) -> Void
    ) async throws {
        let tally = RunTally(
            kept, total: kept.count + lists.reduce(0) { $0 + $1.jobs.count },
            queues: lists.map { ($0.expert, $0.jobs.count) })
        let purse = RunPurse(limit: conduct.budget, spent: kept.reduce(0) { $0 + $1.dollars })
        let visits = try lists.map { list in
            let expert = try directory.expert(list.expert)
            var visit = RunVisit(expert: expert, run: run, store: store, time: time, purse: purse)
            if conduct.order == .grouped { visit.taker = conduct.takers[list.expert] }
            visit.news = conduct.news
            return (visit, list.jobs)
        }
        let lanes = conduct.lanes.split(visits) { $0.0.expert.card.id }
        let open = try await withThrowingTaskGroup(of: (Int, [RunVisit.Interruption]).self) { group in
            for (index, lane) in lanes.enumerated() {
                group.addTask {
                    var open: [RunVisit.Interruption] = []
                    for (visit, jobs) in lane.visits {
                        if let left = try await visit.ask(jobs, tally: tally, progress: progress) { open.append(left) }
                    }
                    return (index, open)
                }
            }
            var found: [(Int, [RunVisit.Interruption])] = []
            for try await left in group { found.append(left) }
            return found.sorted { $0.0 < $1.0 }.flatMap(\.1)
        }
        if let first = open.first(where: { $0.unaffordable > 0 }) { throw overBudget(run, first, open) }
        if let first = open.first { throw Self.interrupted(run, first, open) }
    }

    private func overBudget(
        _ run: String, _ first: RunVisit.Interruption, _ open: [RunVisit.Interruption]
    ) -> Fault {
        let left = open.reduce(0) { $0 + $1.unaffordable }
        return Fault(
            .overBudget, "run \(run)",
            "stopped before its budget would be exceeded: \(left) answer\(left == 1 ? " is" : "s are") still to come; every "
                + "answer that came is kept",
            hint: "Go on with --resume \(run) and a higher --budget", causes: Array(first.faults.suffix(1)))
    }

    /// One for each expert: question by question an expert has many visits.
    private static func merged(_ open: [RunVisit.Interruption]) -> [RunVisit.Interruption] {
        var merged: [RunVisit.Interruption] = []
        for left in open {
            if let place = merged.firstIndex(where: { $0.expert == left.expert }) {
                merged[place].faults += left.faults
                merged[place].unasked += left.unasked
            } else {
                merged.append(left)
            }
        }
        return merged
    }

    private static func interrupted(
        _ run: String, _ first: RunVisit.Interruption, _ open: [RunVisit.Interruption]
    ) -> Fault {
        let open = merged(open)
        let failures = open.map { left in
            "\(left.expert) failed on \(left.faults.count) question\(left.faults.count == 1 ? "" : "s")"
                + (left.unasked > 0 ? " and was not asked \(left.unasked) more" : "")
        }
        let names = open.map(\.expert.rawValue).joined(separator: " and ")
        return Fault(
            first.faults.first?.code ?? .expertFailed, "run \(run)",
            failures.joined(separator: ", ") + "; every answer that came is kept",
            hint: "When \(names) \(open.count == 1 ? "is" : "are") back, go on with --resume \(run)",
            causes: open.flatMap { $0.faults.prefix(open.count == 1 ? 3 : 1) })
    }
}

extension RunAnswer {
    /// Where it belongs.
    var place: RunPlace { RunPlace(question: question, seat: seat) }
}
