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
        /// An expert is writing.
        case relay(AnswerStream, Relay)
        case settle(Answer)
        case over
    }

    /// The expert whose pieces are passed on.
    private struct Relay {
        var expert: any Expert
        var role: Attempt.Role
        var assembly: AnswerAssembly
        var reservation: BudgetMeter.Reservation
        /// Stands in if the expert fails before its first text; nil if nothing can.
        var otherwise: String?
        var hasSpoken = false
        /// Events that say nothing yet (who speaks, say), kept back until one does: up to then another expert may
        /// still take over unnoticed.
        var preamble: [AnswerPiece] = []
    }

    private let parts: PipelineParts
    private let question: Question
    private let route: Route
    private let started: TimeSource.Instant
    private let delivery: Delivery
    private let meter: BudgetMeter
    private var trace: Trace
    private var stage = Stage.begin
    /// Pieces that go out before anything else happens.
    private var waiting: ArraySlice<AnswerPiece> = []

    init(
        parts: PipelineParts, question: Question, decision: Decider.Decision, started: TimeSource.Instant,
        delivery: Delivery
    ) {
        self.parts = parts
        self.question = question
        self.started = started
        self.delivery = delivery
        route = decision.target.route
        trace = decision.trace
        meter = BudgetMeter(
            decision.target.route.budget, calls: decision.annotationCalls, dollars: decision.trace.dollars,
            account: decision.account, time: parts.time)
    }

    deinit {
        // Whoever leaves in the middle has still had what was said.
        if case .relay(_, let relay) = stage, relay.hasSpoken {
            let said = relay.assembly.answer(to: question).usage
            meter.settle(relay.reservation, dollars: relay.expert.card.price.dollars(for: said), usage: said)
        }
        guard case .over = stage else {
            trace.outcome = .clientGone
            trace.seconds = parts.time.seconds(since: started)
            parts.keep(trace)
            return
        }
    }

    /// The next event for the reader; nil after the last.
    func next() async throws -> AnswerFlow.Event? {
        do {
            while true {
                if let piece = waiting.popFirst() { return .piece(piece) }
                switch stage {
                case .begin: try await begin()
                case .relay(let stream, let relay):
                    if let piece = try await pass(stream, relay) { return .piece(piece) }
                case .deliver(let answer):
                    stage = .settle(answer)
                    return .piece(.text(answer.text))
                case .settle(let answer): return settle(answer)
                case .over: return nil
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
            do {
                try await relay(seats[0], question, role: .seat, otherwise: nil)
            } catch let fault as Fault {
                try await fallBack(after: [fault])
            }
            return
        }
        let panel = Panel(directory: parts.directory, meter: meter, time: parts.time)
        let results = try await panel.ask(question, seats: seats, seed: trace.recruitment.seed)
        let extraction = AnswerExtraction(
            shape: question.shape.settled(by: results.compactMap { $0.answer?.text }))
        for result in results {
            var attempt = result.attempt
            attempt.answer = result.answer.flatMap { extraction.extract(from: $0.text) }
            record(attempt)
        }
        let suitabilities = Dictionary(
            trace.recruitment.suitabilities.map { ($0.expert, $0.weight) }, uniquingKeysWith: { first, _ in first })
        let candidates = results.compactMap { result in
            result.answer.map { Candidate(answer: $0, suitability: suitabilities[$0.expert] ?? 1) }
        }
        guard !candidates.isEmpty else { return try await fallBack(after: results.compactMap(\.attempt.fault)) }
        try await aggregate(candidates)
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
            do {
                try await relay(writer, asking, role: .synthesis, otherwise: otherwise)
            } catch let fault as Fault {
                standIn(otherwise, for: writer, after: fault)
            }
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

    private func fallBack(after faults: [Fault]) async throws {
        if let own = faults.first(where: \.code.blamesKey) { throw own }
        let tried = Set(trace.recruitment.experts)
        if let fallback = route.fallback, !tried.contains(fallback), faults.contains(where: \.code.blamesExpert) {
            trace.notes.append("every recruited expert failed, \(fallback) was asked instead")
            return try await relay(fallback, question, role: .fallback, otherwise: nil)
        }
        if faults.count == 1, let only = faults.first { throw only }
        throw Fault(
            .noExpert, trace.route, "every recruited expert failed",
            hint: "muster expert test shows what each one does; a route's fallback is asked in such a case",
            causes: faults.distinct, retryAfterSeconds: faults.compactMap(\.retryAfterSeconds).min())
    }

    // MARK: Passing on

    private func relay(_ id: ExpertID, _ asked: Question, role: Attempt.Role, otherwise: String?) async throws {
        let began = parts.time.now()
        do {
            let expert = try parts.directory.expert(id)
            let reservation = try await meter.reserve(expert.card, for: asked)
            let assembly = AnswerAssembly(expert: id, time: parts.time)
            let delivery = delivery
            do {
                let stream = try await finishing(by: meter.deadline, time: parts.time, subject: id.rawValue) {
                    try await expert.ask(asked, delivery: delivery)
                }
                stage = .relay(
                    stream,
                    Relay(
                        expert: expert, role: role, assembly: assembly, reservation: reservation, otherwise: otherwise))
            } catch {
                meter.settle(reservation, dollars: 0)
                throw error
            }
        } catch let fault as Fault {
            record(Attempt(expert: id, role: role, seconds: parts.time.seconds(since: began), fault: fault))
            throw fault
        }
    }

    /// The next text for the reader, or nil when the stage has changed.
    private func pass(_ stream: AnswerStream, _ before: Relay) async throws -> AnswerPiece? {
        var relay = before
        do {
            let pulled = try await finishing(
                by: meter.deadline, time: parts.time, subject: relay.expert.card.id.rawValue
            ) { try await stream.nextPiece() }
            guard let piece = pulled else {
                waiting += relay.preamble
                finish(relay)
                return nil
            }
            relay.assembly.add(piece)
            relay.hasSpoken = relay.hasSpoken || piece.speaks
            if case .original = piece, !relay.hasSpoken, !piece.shows {
                relay.preamble.append(piece)
                stage = .relay(stream, relay)
                return nil
            }
            if !relay.preamble.isEmpty {
                waiting += relay.preamble + [piece]
                relay.preamble = []
                stage = .relay(stream, relay)
                return nil
            }
            stage = .relay(stream, relay)
            switch piece {
            case .text, .reasoning, .call, .probabilities, .original: return piece
            case .usage, .finish: return nil  // the settled answer carries them
            }
        } catch let fault as Fault {
            let spent = relay.assembly.answer(to: question)
            let dollars = relay.expert.card.price.dollars(for: spent.usage)
            meter.settle(
                relay.reservation, dollars: relay.hasSpoken ? dollars : 0,
                usage: relay.hasSpoken ? spent.usage : Usage())
            record(
                Attempt(
                    expert: relay.expert.card.id, role: relay.role, seconds: relay.assembly.elapsed,
                    usage: relay.hasSpoken ? spent.usage : Usage(), dollars: relay.hasSpoken ? dollars : 0,
                    fault: fault))
            // After the first text nothing is said again: the reader gets the fault.
            guard !relay.hasSpoken else { throw fault }
            if let otherwise = relay.otherwise {
                standIn(otherwise, for: relay.expert.card.id, after: fault)
            } else if relay.role == .seat {
                try await fallBack(after: [fault])
            } else {
                throw fault
            }
            return nil
        }
    }

    private func finish(_ relay: Relay) {
        let answer = relay.assembly.answer(to: question)
        let dollars = relay.expert.card.price.dollars(for: answer.usage)
        meter.settle(relay.reservation, dollars: dollars, usage: answer.usage)
        var attempt = Attempt(answer, role: relay.role, dollars: dollars)
        let extracted = AnswerExtraction(shape: question.shape).extract(from: answer.text)
        attempt.answer = extracted
        record(attempt)
        if trace.verdict == nil {
            trace.verdict = Verdict(
                method: "single", expert: answer.expert,
                ballots: [.init(answer: String((extracted ?? "").prefix(80)), votes: 1, experts: [answer.expert])],
                agreement: 1)
        }
        if relay.role == .fallback { trace.outcome = .failedOver }
        stage = .settle(answer)
    }

    private func standIn(_ text: String, for writer: ExpertID, after fault: Fault) {
        trace.notes.append("\(writer) could not write the synthesis, the vote stands: \(fault.sentence)")
        trace.verdict?.method = "vote"
        deliver(text, by: trace.verdict?.ballots.first?.experts.first, finish: .stop)
    }

    // MARK: Ending

    private func deliver(_ text: String, by expert: ExpertID?, finish: FinishReason) {
        stage = .deliver(Answer(expert: expert ?? ExpertID(trace.route), text: text, finish: finish))
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

    private func record(_ attempt: Attempt) {
        var attempt = attempt
        attempt.priceVersion = parts.directory[attempt.expert]?.card.price.version
        if let mismatch = attempt.priceMismatch { trace.notes.append(mismatch) }
        trace.attempts.append(attempt)
        trace.usage = trace.usage + attempt.usage
        trace.dollars += attempt.dollars
    }
}

extension [Fault] {
    /// Each fault once: an expert that holds several seats fails in the same way in each.
    fileprivate var distinct: [Fault] {
        var seen: Set<Fault> = []
        return filter { seen.insert($0).inserted }
    }
}
