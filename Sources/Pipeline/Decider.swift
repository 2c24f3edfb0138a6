import Core
import Routing

/// Decides who answers a question, and asks none of them: target, need, eligibility, recruitment.
struct Decider: Sendable {
    /// What a client's `model` means.
    struct Target: Sendable {
        var route: Route
        /// The expert that was addressed by its own id; routes and skills then play no part.
        var direct: ExpertID?
    }

    /// A decision, with everything that carrying it out needs.
    struct Decision: Sendable {
        var target: Target
        var trace: Trace
        /// What is left of the budget, annotation taken off.
        var meter: BudgetMeter
        /// What is left of the further tries; nil for as many as the experts that take part allow.
        var retries: RetryBudget?
    }

    /// The strategy of a recruitment that seats a route's fallback, because nobody else can be asked.
    static let standIn = "fallback"

    /// Nobody who rests is asked after more often than that.
    private static let shortestWait = Duration.milliseconds(10)

    let parts: PipelineParts

    /// - Parameters:
    ///   - waits: whether experts that all rest are waited for, if one is back soon enough.
    ///   - arrived: when the question did; nil for now.
    func decide(
        _ question: Question, model: String, wishes: Wishes, waits: Bool = false,
        since arrived: TimeSource.Instant? = nil
    ) async throws -> Decision {
        let started = arrived ?? parts.time.now()
        try wishes.asker?.check(model)
        var target = try target(named: model)
        target.route.budget = target.route.budget.tightened(by: wishes.budget)
        target.route.retries = wishes.retries ?? target.route.retries
        if !wishes.allowsFallback { target.route.fallback = nil }
        let profiles = parts.profiles.snapshot
        let meter = BudgetMeter(
            target.route.budget, account: wishes.asker?.account, time: parts.time, since: started)
        let retries = target.route.retries.map(RetryBudget.init)
        var finding = NeedFinder.Finding(need: Need(annotator: "none", mentions: []))
        var annotation: [Attempt] = []
        if target.direct == nil {
            let ledger = AttemptLedger(started: started, meter: meter.forAnnotation, retries: retries)
            finding = try await AttemptLedger.$current.withValue(ledger) {
                try await parts.needs.need(
                    of: question, matcher: profiles.matcher, by: meter.deadline, time: parts.time)
            }
            annotation = ledger.attempts
        }
        let (usage, dollars) = Self.took(finding, annotation)
        meter.count(calls: max(finding.calls, annotation.count(where: \.isCall)), dollars: dollars)
        let recruitment = try await recruit(
            for: finding.need, question: question, target: target, book: profiles.book, wishes: wishes,
            waitingUntil: waits ? target.route.budget.time.map { started.offset + $0 } ?? .seconds(Int64.max) : nil)
        var trace = Trace(
            id: parts.newTraceID(), at: parts.time.timestamp(), route: model, question: question.fingerprint.hex,
            text: question.text, need: finding.need, recruitment: recruitment, attempts: annotation,
            usage: usage, dollars: dollars, decisionSeconds: parts.time.seconds(since: started))
        trace.requestID = RequestOrigin.current?.requestID
        trace.parent = RequestOrigin.current?.parent
        trace.key = wishes.asker?.key
        if !finding.note.isEmpty { trace.notes.append(finding.note) }
        return Decision(target: target, trace: trace, meter: meter, retries: retries)
    }

    /// What annotation took. Where the words stood in for it, what had been asked until then is to be paid all the same.
    private static func took(_ finding: NeedFinder.Finding, _ attempts: [Attempt]) -> (usage: Usage, dollars: Double) {
        guard finding.calls == 0 else { return (finding.usage, finding.dollars) }
        return (
            attempts.reduce(finding.usage) { $0 + $1.usage }, attempts.reduce(finding.dollars) { $0 + $1.dollars }
        )
    }

    private func target(named model: String) throws -> Target {
        if let route = parts.routes.first(where: { $0.name.rawValue == model }) { return Target(route: route) }
        let id = ExpertID(model)
        if parts.directory[id] != nil {
            let plan = RoutingPlan(strategy: .fixed, seats: 1, members: [id])
            return Target(route: Route(name: RouteName(model), routing: plan), direct: id)
        }
        let names = parts.routes.map(\.name.rawValue) + parts.directory.experts.map(\.card.id.rawValue)
        throw Fault.unknown(.unknownModel, "model", named: model, among: names, hint: "GET /v1/models lists all")
    }

    /// Recruits; if nobody can be asked now, the fallback stands in, or the first to be back is waited for.
    ///
    /// - Parameter end: when the question's time is over; nil if nobody waits.
    private func recruit(
        for need: Need, question: Question, target: Target, book: ProfileBook, wishes: Wishes,
        waitingUntil end: Duration?
    ) async throws -> Recruitment {
        var waited = Duration.zero
        while true {
            do {
                return try await recruit(for: need, question: question, target: target, book: book, wishes: wishes)
            } catch let fault as Fault where fault.code == .noExpert {
                if let standIn = await fallback(of: target.route, for: question, after: fault) { return standIn }
                guard let end, let seconds = fault.retryAfterSeconds else { throw fault }
                // Once more, and again: who is tried with one question may be back with its answer.
                let wait = max(.seconds(seconds), Self.shortestWait)
                waited += wait
                guard waited <= AttemptPlan.longestWait, parts.time.now().offset + wait < end else { throw fault }
                try await parts.time.sleep(for: wait)
            }
        }
    }

    /// The route's fallback as the only seat; nil if there is none, or it cannot be asked either.
    private func fallback(of route: Route, for question: Question, after fault: Fault) async -> Recruitment? {
        guard let id = route.fallback, let expert = parts.directory[id] else { return nil }
        let state = (card: expert.card, health: await expert.health())
        guard !EligibilityFilter(parts.capabilities.book).split([state], for: question).eligible.isEmpty else {
            return nil
        }
        return Recruitment(
            strategy: Self.standIn, seats: [.init(expert: id, probability: 1)],
            excluded: fault.causes.map { .init(expert: ExpertID($0.subject), because: $0.found) }, seed: 0,
            reason: "nobody else can be asked now: the fallback stands in")
    }

    private func recruit(
        for need: Need, question: Question, target: Target, book: ProfileBook, wishes: Wishes
    ) async throws -> Recruitment {
        let states = await parts.directory.states(of: target.direct.map { [$0] } ?? target.route.experts)
        var (eligible, excluded) = EligibilityFilter(parts.capabilities.book).split(states, for: question)
        guard !eligible.isEmpty else { throw nobody(excluded, of: states, for: question) }
        var plan = target.route.routing
        // Whoever was named is asked, fallen or not.
        if plan.strategy != .fixed {
            let fallen: [Recruitment.Exclusion]
            (eligible, fallen) = DemotionFilter(parts.canaries.book).split(eligible, for: need)
            excluded += fallen
        }
        plan.seats = wishes.seats ?? plan.seats
        let oneVoice = question.output.wantsOneVoice
        if oneVoice != nil {
            plan.seats = 1
            plan.members = Array(plan.members.prefix(1))
        }
        let pool = eligible.map { Contender(card: $0, profile: book.profile(of: $0.id)) }
        let seed = seed(for: question, plan: plan, wishes: wishes)
        var recruitment = try plan.makeStrategy().recruit(for: need, from: pool, seed: seed)
        recruitment.excluded = excluded
        // Who sits is named by the route, how many of them is the client's to wish.
        if plan.strategy == .fixed, let wished = wishes.seats, wished < recruitment.seats.count {
            recruitment.seats = Array(recruitment.seats.prefix(wished))
            recruitment.reason += "; the first \(wished), as wished"
        }
        if let oneVoice, recruitment.seats.count > 1 {
            recruitment.seats = Array(recruitment.seats.prefix(1))
            recruitment.reason += "; one seat, because \(oneVoice)"
        }
        guard !recruitment.seats.isEmpty else { throw nobody(excluded, of: states, for: question) }
        return recruitment
    }

    /// A wished seed is used as it is, so that a traced one repeats its draw. A route's seed is mixed with the question,
    /// or every question would draw the same numbers.
    private func seed(for question: Question, plan: RoutingPlan, wishes: Wishes) -> UInt64 {
        let mask: UInt64 = (1 << 53) - 1
        if let wished = wishes.seed { return wished & mask }
        if let fixed = plan.seed { return SeededRandom.derived(from: fixed, index: question.fingerprint.seed) }
        return parts.entropy() & mask
    }

    /// Nobody can be asked: says why for each, and when the first one may be back.
    private func nobody(
        _ excluded: [Recruitment.Exclusion], of states: [(card: ExpertCard, health: ExpertHealth)],
        for question: Question
    ) -> Fault {
        // Nobody here can ever do what is asked for, however long the client waits.
        let needed = question.neededAbilities.map(\.lack) + question.neededCapabilities.map(\.lack)
        if !states.isEmpty, excluded.allSatisfy({ one in needed.contains { one.because.hasPrefix($0) } }) {
            return Fault(
                .unsupported, "model", "none of \(states.count) experts can take this question",
                expected: excluded.prefix(8).map { "\($0.expert) \($0.because)" }.joined(separator: "; "),
                hint: "Ask another model: GET /v1/models says what each can do")
        }
        let waits = states.compactMap { state -> Double? in
            guard case .resting(let wait, _) = state.health else { return nil }
            return wait.seconds
        }
        return Fault(
            .noExpert, "experts", "none of \(states.count) can take this question",
            hint: states.isEmpty ? "Add one: muster expert add" : "muster expert test shows what each one does",
            causes: excluded.map { Fault(.expertResting, $0.expert.rawValue, $0.because) },
            retryAfterSeconds: waits.min())
    }
}
