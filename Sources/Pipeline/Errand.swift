import Core

/// Gets one answer: carries out an attempt plan until an expert has begun to answer, and goes on from there if that one
/// fails. What became of every call is in `attempts`.
struct Errand: Sendable {
    let caller: ExpertCaller
    let question: Question
    let delivery: Delivery
    let hedge: HedgePolicy?
    private var plan: AttemptPlan
    /// In the order in which they ended.
    private(set) var attempts: [Attempt] = []

    init(
        _ plan: AttemptPlan, caller: ExpertCaller, question: Question, delivery: Delivery, hedge: HedgePolicy? = nil
    ) {
        self.plan = plan
        self.caller = caller
        self.question = question
        self.delivery = delivery
        self.hedge = hedge
    }

    /// Asks until somebody has begun to answer.
    ///
    /// - Throws: what `AttemptPlan.failure` says, or `CancellationError`.
    mutating func begin() async throws -> OpenCall { try await carryOut(plan.begin()) }

    /// Asks on after an open call has failed.
    mutating func goOn(after fault: Fault, of call: OpenCall) async throws -> OpenCall {
        attempts.append(caller.close(call, .failed(fault), question: question))
        return try await carryOut(plan.next(after: fault, of: call.planned, at: caller.time.now()))
    }

    /// Writes down how an open call ended.
    mutating func close(_ call: OpenCall, _ ending: ExpertCaller.Ending) {
        attempts.append(caller.close(call, ending, question: question))
    }

    /// Takes out what has been written down so far.
    mutating func takeAttempts() -> [Attempt] {
        defer { attempts = [] }
        return attempts
    }

    /// What to say when nobody answered.
    func failure() -> Fault { plan.failure(of: "experts", at: caller.time.now()) }

    /// The whole answer, from whoever gives one.
    mutating func answer() async throws -> Answer {
        var call = try await begin()
        while true {
            do {
                while !call.isOver {
                    if let piece = try await caller.nextPiece(of: call.stream, by: call.planned.expert) {
                        call.take(piece)
                    } else {
                        call.isOver = true
                    }
                }
                let answer = call.assembly.answer(to: question)
                close(call, .answered(answer))
                return answer
            } catch let fault as Fault {
                call = try await goOn(after: fault, of: call)
            } catch {
                close(call, .cancelled(.cancelled))
                throw error
            }
        }
    }

    private mutating func carryOut(_ first: AttemptPlan.Step) async throws -> OpenCall {
        var step = first
        while case .ask(let planned) = step {
            if planned.wait > .zero { try await caller.time.sleep(for: planned.wait) }
            switch await race(planned) {
            case .open(let call): return call
            case .failed(let fault, let failed):
                step = plan.next(after: fault, of: failed, at: caller.time.now())
            case .left: throw CancellationError()
            }
        }
        throw failure()
    }

    private enum Finish {
        case open(OpenCall)
        case failed(Fault, AttemptPlan.Try)
        case left
    }

    /// One try; and, where the route hedges and the expert is slow to begin, others beside it.
    private mutating func race(_ planned: AttemptPlan.Try) async -> Finish {
        guard let hedge = caller.hedge(hedge, for: planned.expert),
            let patience = caller.pulses.patience(with: planned.expert, delivery, under: hedge)
        else {
            return finish(await caller.open(planned, question, delivery), of: planned)
        }
        let (caller, question, delivery) = (caller, question, delivery)
        return await withTaskGroup(of: (AttemptPlan.Try, ExpertCaller.Opening)?.self) { group in
            group.addTask { (planned, await caller.open(planned, question, delivery)) }
            group.addTask {
                try? await caller.time.sleep(for: patience)
                return nil
            }
            var (running, beside) = (1, 0)
            var winner: OpenCall?
            var failure: (Fault, AttemptPlan.Try)?
            while let result = await group.next() {
                guard let (tried, opening) = result else {
                    // Nothing was heard for that long: another one is asked beside it.
                    guard winner == nil, running > 0, beside < hedge.most, !Task.isCancelled,
                        let other = plan.hedge(beside: planned)
                    else { continue }
                    running += 1
                    beside += 1
                    group.addTask { (other, await caller.open(other, question, delivery)) }
                    group.addTask {
                        try? await caller.time.sleep(for: patience)
                        return nil
                    }
                    continue
                }
                running -= 1
                switch opening {
                case .open(let call) where winner == nil: winner = call
                case .open(let call): close(call, .cancelled(.hedgeLost))
                case .failed(let fault, let attempt):
                    attempts.append(attempt)
                    if let (earlier, its) = failure { plan.note(earlier, of: its, at: caller.time.now()) }
                    failure = (fault, tried)
                case .left(var attempt):
                    if winner != nil, attempt.outcome == .cancelled { attempt.outcome = .hedgeLost }
                    attempts.append(attempt)
                }
                if winner != nil || running == 0 { group.cancelAll() }
            }
            if let winner {
                if let (fault, its) = failure { plan.note(fault, of: its, at: caller.time.now()) }
                return .open(winner)
            }
            return failure.map { .failed($0, $1) } ?? .left
        }
    }

    private mutating func finish(_ opening: ExpertCaller.Opening, of planned: AttemptPlan.Try) -> Finish {
        switch opening {
        case .open(let call): return .open(call)
        case .failed(let fault, let attempt):
            attempts.append(attempt)
            return .failed(fault, planned)
        case .left(let attempt):
            attempts.append(attempt)
            return .left
        }
    }
}
