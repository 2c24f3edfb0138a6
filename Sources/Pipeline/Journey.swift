import Aggregation
import Core

/// One question on its way, pulled along by whoever reads the answer: nothing happens ahead of the reader, and when the
/// reader leaves, experts are hung up on and the trace says so.
actor Journey {
    /// What the next pull does.
    private enum Stage {
        case begin
        /// The text is known; it goes out as one piece.
        case deliver(Answer)
        /// An expert is writing: `call`.
        case relay
        case settle(Answer)
        case over
    }

    private let pipeline: AnswerPipeline
    private let question: Question
    private let route: Route
    /// The client named the expert itself.
    private let isDirect: Bool
    private let started: TimeSource.Instant
    private let delivery: Delivery
    private let caller: ExpertCaller
    private let retries: RetryBudget
    private var trace: Trace
    private var stage = Stage.begin
    /// The call whose pieces are passed on; nil while nobody writes.
    private var call: OpenCall?
    /// What goes on if that call fails.
    private var errand: Errand?
    /// Stands in if no writer of a synthesis gets to a word; nil if nothing can.
    private var otherwise: String?
    /// After the first text of a stream nothing may be said anew.
    private var isCommitted = false
    /// Pieces that go out before anything else happens.
    private var waiting: ArraySlice<AnswerPiece> = []

    init(
        of pipeline: AnswerPipeline, question: Question, decision: Decider.Decision, started: TimeSource.Instant,
        delivery: Delivery
    ) {
        let parts = pipeline.parts
        self.pipeline = pipeline
        self.question = question
        self.started = started
        self.delivery = delivery
        route = decision.target.route
        isDirect = decision.target.direct != nil
        trace = decision.trace
        caller = ExpertCaller(
            directory: parts.directory,
            meter: decision.meter, time: parts.time, started: started, pulses: parts.pulses)
        retries = decision.retries ?? RetryBudget(Self.usualRetries(decision, parts.directory))
    }

    deinit {
        if case .over = stage { return }
        if let call, var errand {
            errand.close(call, .cancelled(.cancelled))
            for attempt in errand.takeAttempts() { Self.record(attempt, in: &trace) }
        }
        trace.outcome = .clientGone
        trace.seconds = pipeline.parts.time.seconds(since: started)
        pipeline.parts.keep(trace)
    }

    private var parts: PipelineParts { pipeline.parts }

    /// As many further tries as the most patient of the experts that take part allows: all together, not each.
    private static func usualRetries(_ decision: Decider.Decision, _ directory: ExpertDirectory) -> Int {
        let route = decision.target.route
        let taking = decision.trace.recruitment.experts + [route.fallback, route.aggregation.writer].compactMap(\.self)
        return taking.compactMap { directory[$0]?.card.retries }.max() ?? 0
    }

    /// The next event for the reader; nil after the last.
    func next() async throws -> AnswerFlow.Event? {
        do {
            while true {
                if let piece = waiting.popFirst() { return .piece(piece) }
                switch stage {
                case .begin: try await begin()
                case .relay:
                    if let piece = try await pass() { return .piece(piece) }
                case .deliver, .settle, .over: return last()
                }
            }
        } catch let fault as Fault {
            end(.failed)
            throw fault
        }
    }

    // MARK: Asking

    private func begin() async throws {
        let seats = trace.recruitment.seats.map(\.expert)
        if seats.count == 1 {
            let isStandIn = trace.recruitment.strategy == Decider.standIn
            var candidates = [candidate(seats[0], isStandIn ? .fallback : .seat)]
            if let fallback = route.fallback, fallback != seats[0] { candidates.append(candidate(fallback, .fallback)) }
            return try await relay(question, candidates)
        }
        let suitabilities = Dictionary(
            trace.recruitment.suitabilities.map { ($0.expert, $0.weight) }, uniquingKeysWith: { first, _ in first })
        let isVote = route.aggregation.method == .vote
        let panel = Panel(
            caller: caller, retries: retries, hedge: route.hedge,
            quorum: isVote
                ? SeatQuorum(
                    weights: route.aggregation.weights, shape: question.shape,
                    suitabilities: seats.map { suitabilities[$0] ?? 1 }) : nil)
        let results = await panel.ask(question, seats: seats, seed: trace.recruitment.seed)
        let extraction = AnswerExtraction(
            shape: question.shape.settled(by: results.compactMap { $0.answer?.text }))
        for result in results {
            for var attempt in result.attempts {
                if attempt.outcome == .answered {
                    attempt.answer = result.answer.flatMap { extraction.extract(from: $0.text) }
                }
                record(attempt)
            }
        }
        try Task.checkCancellation()
        let candidates = results.compactMap { result in
            result.answer.map { Candidate(answer: $0, suitability: suitabilities[$0.expert] ?? 1) }
        }
        let open = results.count { $0.answer == nil && $0.fault == nil }
        if open > 0 { trace.notes.append("the vote was decided without \(open) of \(seats.count) seats") }
        guard !candidates.isEmpty else { return try await fallBack(after: results.compactMap(\.fault)) }
        try await aggregate(candidates)
    }

    private func candidate(_ id: ExpertID, _ role: Attempt.Role) -> AttemptPlan.Candidate {
        AttemptPlan.Candidate(id, role: role, retries: parts.directory[id]?.card.retries ?? 0)
    }

    private func aggregate(_ candidates: [Candidate]) async throws {
        let chosen = try await chosenWriter()
        switch route.aggregation.makeAggregator(chosen: chosen).aggregate(candidates, of: question) {
        case .settled(let text, let verdict):
            trace.verdict = verdict
            let winner = candidates.first { $0.answer.expert == verdict.expert && $0.answer.text.contains(text) }
            deliver(text, by: verdict.expert, finish: winner?.answer.finish ?? .stop)
        case .write(let writer, let asking, let verdict, let otherwise):
            trace.verdict = verdict
            self.otherwise = otherwise
            try await relay(asking, [candidate(writer, .synthesis)])
        }
    }

    /// Who writes a synthesis when the route does not say: the one chosen on validation data, else the strongest.
    private func chosenWriter() async throws -> ExpertID? {
        guard route.aggregation.method == .synthesis, route.aggregation.writer == nil else { return nil }
        if let kept = try? await parts.choices?.choice("writer/\(route.name)"), parts.directory[ExpertID(kept)] != nil {
            return ExpertID(kept)
        }
        let book = parts.profiles.snapshot.book
        return trace.recruitment.experts.max { book.profile(of: $0).strength < book.profile(of: $1).strength }
    }

    /// After a panel of which nobody answered.
    private func fallBack(after faults: [Fault]) async throws {
        if let own = faults.first(where: \.code.blamesKey) { throw own }
        if let fallback = route.fallback, !trace.recruitment.experts.contains(fallback),
            faults.contains(where: \.code.isOfOneExpert)
        {
            return try await relay(question, [candidate(fallback, .fallback)], after: faults)
        }
        throw Fault.nobodyAnswered(trace.route, faults)
    }

    // MARK: Passing on

    /// Asks the candidates under one plan, and passes on what the first to begin writes.
    ///
    /// - Parameter earlier: what has already failed.
    private func relay(
        _ asked: Question, _ candidates: [AttemptPlan.Candidate], after earlier: [Fault] = []
    ) async throws {
        let plan = AttemptPlan(
            candidates, retries: retries, deadline: caller.meter.deadline,
            hedges: caller.hedges(route.hedge, for: candidates.map(\.expert)),
            seed: SeededRandom.derived(from: ~trace.recruitment.seed, index: .max))
        do {
            try await follow(
                Errand(plan, caller: caller, question: asked, delivery: delivery, hedge: route.hedge)
            ) { try await $0.begin() }
        } catch let fault as Fault {
            guard otherwise == nil else { return standIn(after: fault) }
            guard !earlier.isEmpty else { throw named(fault) }
            throw fault.code.isOfOneExpert ? Fault.nobodyAnswered(trace.route, earlier + [fault]) : fault
        }
    }

    /// Goes on with an errand until somebody has begun to answer.
    private func follow(
        _ before: Errand, _ step: (inout Errand) async throws -> OpenCall
    ) async throws {
        var errand = before
        call = nil
        defer {
            for attempt in errand.takeAttempts() { record(attempt) }
            self.errand = errand
        }
        var begun = try await step(&errand)
        waiting += begun.beginning.filter(isForReader)
        begun.beginning = []
        isCommitted = begun.hasSpoken && delivery == .streamed
        if begun.planned.role == .fallback, trace.outcome == .decided, !isOnlyFaster(begun, errand) {
            trace.outcome = .failedOver
            trace.notes.append("every recruited expert failed, \(begun.planned.expert) was asked instead")
        }
        call = begun
        stage = .relay
    }

    /// Whether a call has won a race with a slow one, and nobody has failed.
    private func isOnlyFaster(_ call: OpenCall, _ errand: Errand) -> Bool {
        call.planned.reason == .hedge
            && !(trace.attempts + errand.attempts).contains { $0.fault != nil && $0.role != .annotation }
    }

    /// The next piece for the reader, or nil when the stage has changed or there is nothing to see.
    private func pass() async throws -> AnswerPiece? {
        // Not a copy of the whole call: that would copy its text with every piece.
        guard let (stream, expert, isOver) = call.map({ ($0.stream, $0.planned.expert, $0.isOver) }) else {
            preconditionFailure("a relay has a call")
        }
        do {
            guard !isOver, let piece = try await caller.nextPiece(of: stream, by: expert) else {
                finish()
                return nil
            }
            call?.take(piece)
            isCommitted = isCommitted || (delivery == .streamed && piece.speaks)
            return isForReader(piece) ? piece : nil
        } catch let fault as Fault {
            try await recover(from: fault)
            return nil
        }
    }

    /// A reader of a stream gets what an answer is made of; the settled answer carries the rest, and all of a whole one.
    private func isForReader(_ piece: AnswerPiece) -> Bool {
        switch piece {
        case .text, .reasoning, .call, .probabilities, .original: delivery == .streamed
        case .usage, .finish: false
        }
    }

    private func recover(from fault: Fault) async throws {
        guard let call, var errand else { throw fault }
        // After the first text nothing is said again: the reader gets the fault.
        guard !isCommitted else {
            errand.close(call, .failed(fault))
            for attempt in errand.takeAttempts() { record(attempt) }
            self.call = nil
            throw fault
        }
        do {
            try await follow(errand) { try await $0.goOn(after: fault, of: call) }
        } catch let fault as Fault {
            guard otherwise == nil else { return standIn(after: fault) }
            throw named(fault)
        }
    }

    /// This and `last` are never parts of their caller, in whose memory they would have their room while an expert writes.
    @inline(never)
    private func finish() {
        guard let call, var errand else { return }
        let answer = call.assembly.answer(to: errand.question)
        errand.close(call, .answered(answer))
        self.call = nil
        // Nothing is voted on, so the final answer is only looked for where somebody will read it in the trace.
        let extracted =
            isDirect && !parts.keepsText ? nil : AnswerExtraction(shape: question.shape).extract(from: answer.text)
        for var attempt in errand.takeAttempts() {
            if attempt.outcome == .answered { attempt.answer = extracted }
            record(attempt)
        }
        if trace.verdict == nil {
            trace.verdict = Verdict(
                method: "single", expert: answer.expert,
                ballots: [.init(answer: String((extracted ?? "").prefix(80)), votes: 1, experts: [answer.expert])],
                agreement: 1)
        }
        stage = .settle(answer)
    }

    private func standIn(after fault: Fault) {
        let writer = trace.verdict?.expert?.rawValue ?? "the writer"
        trace.notes.append("\(writer) could not write the synthesis, the vote stands: \(fault.sentence)")
        trace.verdict?.method = "vote"
        deliver(otherwise ?? "", by: trace.verdict?.ballots.first?.experts.first, finish: .stop)
    }

    /// A fault of all experts together is about what the client asked for.
    private func named(_ fault: Fault) -> Fault {
        guard fault.code == .noExpert else { return fault }
        var named = fault
        named.subject = trace.route
        return named
    }

    // MARK: Ending

    private func deliver(_ text: String, by expert: ExpertID?, finish: FinishReason) {
        stage = .deliver(Answer(expert: expert ?? ExpertID(trace.route), text: text, finish: finish))
    }

    /// What is left to say when nobody writes any more.
    @inline(never)
    private func last() -> AnswerFlow.Event? {
        switch stage {
        case .deliver(let answer):
            stage = .settle(answer)
            return .piece(.text(answer.text))
        case .settle(let answer): return settle(answer)
        case .begin, .relay, .over: return nil
        }
    }

    private func settle(_ answer: Answer) -> AnswerFlow.Event {
        if trace.outcome == .decided { trace.outcome = answer.finish == .length ? .truncated : .complete }
        var whole = answer
        whole.usage = trace.usage
        whole.seconds = parts.time.seconds(since: started)
        end(trace.outcome)
        return .settled(whole, trace)
    }

    private func end(_ outcome: Trace.Outcome) {
        if case .over = stage { return }
        trace.outcome = outcome
        trace.seconds = parts.time.seconds(since: started)
        stage = .over
        parts.keep(trace)
    }

    private func record(_ attempt: Attempt) { Self.record(attempt, in: &trace) }

    private static func record(_ attempt: Attempt, in trace: inout Trace) {
        if let mismatch = attempt.priceMismatch { trace.notes.append(mismatch) }
        trace.attempts.append(attempt)
        trace.usage = trace.usage + attempt.usage
        trace.dollars += attempt.dollars
    }
}
