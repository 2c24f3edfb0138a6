import Core

/// Makes single calls for one question: reserves, asks, keeps the time, and writes down what became of it.
struct ExpertCaller: Sendable {
    /// What came of asking.
    enum Opening: Sendable {
        case open(OpenCall)
        case failed(Fault, Attempt)
        /// The task was cancelled.
        case left(Attempt)
    }

    /// How an open call ended.
    enum Ending {
        case answered(Answer)
        case failed(Fault)
        case cancelled(Attempt.Outcome)
    }

    let directory: ExpertDirectory
    let meter: BudgetMeter
    let time: TimeSource
    /// When the question arrived.
    let started: TimeSource.Instant
    let pulses: PulseBoard

    /// When another expert is asked beside this one; nil for never.
    func hedge(_ route: HedgePolicy?, for expert: ExpertID) -> HedgePolicy? {
        directory[expert]?.card.hedge.policy(on: route)
    }

    /// The most tries that may be made beside others for one answer of these experts.
    func hedges(_ route: HedgePolicy?, for experts: [ExpertID]) -> Int {
        experts.compactMap { hedge(route, for: $0)?.most }.max() ?? 0
    }

    /// Asks, and waits until the expert has begun to answer.
    func open(_ planned: AttemptPlan.Try, _ question: Question, _ delivery: Delivery) async -> Opening {
        let slip = CallSlip(deadline: meter.deadline)
        let startSeconds = time.seconds(since: started)
        func attempt(_ fault: Fault?, _ outcome: Attempt.Outcome) -> Attempt {
            let seconds = time.seconds(since: started) - startSeconds
            return Attempt(
                expert: planned.expert, role: planned.role, seconds: seconds, fault: fault, reason: planned.reason,
                outcome: outcome, startSeconds: startSeconds
            ).noting(slip.facts, isOverTime: isOverTime)
        }
        let expert: any Expert
        let reservation: BudgetMeter.Reservation
        do {
            expert = try directory.expert(planned.expert)
            // Deciding may have taken all of the time.
            guard !isOverTime else { throw Fault.timeIsOver(for: planned.expert.rawValue) }
            reservation = try await meter.reserve(expert.card, for: question)
        } catch {
            let fault = error as? Fault ?? Fault(.overBudget, planned.expert.rawValue, "was not asked")
            return .failed(fault, attempt(fault, .refused))
        }
        let assembly = AnswerAssembly(expert: planned.expert, time: time)
        do {
            return .open(
                try await finishing(by: meter.deadline, time: time, subject: planned.expert.rawValue) {
                    let stream = try await CallSlip.$current.withValue(slip) {
                        try await expert.ask(question, delivery: delivery)
                    }
                    var call = OpenCall(
                        expert: expert, planned: planned, delivery: delivery, slip: slip, reservation: reservation,
                        startSeconds: startSeconds, assembly: assembly, stream: stream)
                    try await call.readBeginning()
                    return call
                })
        } catch let fault as Fault {
            let isSent = slip.facts.isSent
            if isSent { meter.settle(reservation, dollars: 0) } else { meter.giveBack(reservation) }
            return .failed(fault, attempt(fault, isSent ? .failed : .refused))
        } catch {
            var left = attempt(nil, slip.facts.isSent ? .cancelled : .refused)
            guard left.isCall else {
                meter.giveBack(reservation)
                return .left(left)
            }
            bill(&left, for: Usage(promptTokens: question.estimatedTokens, estimated: true), expert)
            meter.settle(reservation, dollars: left.dollars, usage: left.usage)
            return .left(left)
        }
    }

    /// The next piece of an open call; nil after the last. Costs no task: the call's own total clock ends with the
    /// question's time, so only an expert without clocks could pass it unseen, and that is caught here.
    func nextPiece(of stream: AnswerStream, by expert: ExpertID) async throws -> AnswerPiece? {
        if let deadline = meter.deadline, deadline.offset <= time.now().offset {
            throw Fault.timeIsOver(for: expert.rawValue)
        }
        return try await stream.nextPiece()
    }

    /// Settles an open call and writes it down.
    func close(_ call: OpenCall, _ ending: Ending, question: Question) -> Attempt {
        var attempt = Attempt(
            expert: call.planned.expert, role: call.planned.role, seconds: call.assembly.elapsed,
            reason: call.planned.reason, startSeconds: call.startSeconds
        ).noting(call.slip.facts, isOverTime: isOverTime)
        let soFar = call.assembly.answer(to: question)
        attempt.firstTextSeconds = soFar.firstTextSeconds
        switch ending {
        case .answered(let answer):
            attempt.outcome = .answered
            attempt.finish = answer.finish
            bill(&attempt, for: answer.usage, call.expert)
            pulses.note(answer, call.delivery, queued: call.slip.facts.queuedSeconds ?? 0)
        case .failed(let fault):
            attempt.outcome = .failed
            attempt.fault = fault
            if call.hasSpoken { bill(&attempt, for: soFar.usage, call.expert) }
        case .cancelled(let outcome):
            attempt.outcome = outcome
            bill(&attempt, for: soFar.usage, call.expert)
        }
        meter.settle(call.reservation, dollars: attempt.dollars, usage: attempt.usage)
        return attempt
    }

    private var isOverTime: Bool { meter.deadline.map { $0.offset <= time.now().offset } ?? false }

    private func bill(_ attempt: inout Attempt, for usage: Usage, _ expert: any Expert) {
        attempt.usage = usage
        attempt.dollars = expert.card.price.dollars(for: usage)
        attempt.priceVersion = expert.card.price.version
    }
}

extension Attempt {
    /// With what is written on the call's slip.
    fileprivate func noting(_ facts: CallSlip.Facts, isOverTime: Bool) -> Attempt {
        var copy = self
        copy.queuedSeconds = facts.queuedSeconds
        copy.clock = fault?.code == .overBudget && isOverTime ? .budget : facts.clock
        copy.status = facts.status
        copy.bytes = facts.bytes
        return copy
    }
}
