import Core
import Pipeline
import Support
import Testing

struct AttemptPlanTests {
    private static func fault(_ id: String, _ code: Fault.Code = .expertFailed, after seconds: Double? = nil) -> Fault {
        Fault(code, id, "said no", retryAfterSeconds: seconds)
    }

    private func at(_ seconds: Double) -> TimeSource.Instant { .init(offset: .seconds(seconds)) }

    private func plan(
        _ candidates: [(id: ExpertID, retries: Int)], budget: Int = 9, deadline: Double? = nil, hedges: Int = 0
    ) -> AttemptPlan {
        AttemptPlan(
            candidates.enumerated().map { .init($1.id, role: $0 == 0 ? .seat : .fallback, retries: $1.retries) },
            retries: RetryBudget(budget), deadline: deadline.map(at), hedges: hedges, seed: 1)
    }

    private func asked(_ step: AttemptPlan.Step) throws -> AttemptPlan.Try {
        guard case .ask(let planned) = step else { throw Fault(.expertFailed, "plan", "it stopped") }
        return planned
    }

    @Test func triesTheSameExpertAgainAndThenTheNext() throws {
        var plan = plan([("a", 1), ("b", 0)])
        let first = try asked(plan.begin())
        #expect(first.expert == "a" && first.reason == .first && first.wait == .zero && first.role == .seat)
        let second = try asked(plan.next(after: Self.fault("a"), of: first, at: at(0)))
        #expect(second.expert == "a" && second.reason == .retry && second.wait < .milliseconds(250))
        let third = try asked(plan.next(after: Self.fault("a"), of: second, at: at(1)))
        #expect(third.expert == "b" && third.reason == .failover && third.wait == .zero && third.role == .fallback)
        #expect(plan.next(after: Self.fault("b"), of: third, at: at(2)) == .stop)
        #expect(plan.failure(of: "auto", at: at(2)).retryAfterSeconds == nil)
        #expect(
            plan.failure(of: "auto", at: at(2)).sentence == """
                auto: every recruited expert failed. muster expert test shows what each one does; a route's fallback is \
                asked in such a case.
                  - a: said no (the last of 2 tries).
                      - a: said no.
                  - b: said no.
                """)
    }

    @Test func aTimeoutIsNotRepeatedOnTheSameExpert() throws {
        var alone = plan([("a", 3)])
        let first = try asked(alone.begin())
        #expect(alone.next(after: Self.fault("a", .expertTimedOut), of: first, at: at(0)) == .stop)
        #expect(alone.failure(of: "auto", at: at(0)) == Self.fault("a", .expertTimedOut))

        var pair = plan([("a", 3), ("b", 3)])
        let slow = try asked(pair.begin())
        let next = try asked(pair.next(after: Self.fault("a", .expertTimedOut), of: slow, at: at(0)))
        #expect(next.expert == "b" && next.reason == .failover)
    }

    @Test func aRefusalGoesOnToTheNextExpertAndAQuestionsOwnFaultNowhere() throws {
        for (code, goesOn) in [
            (Fault.Code.expertRefused, true), (.unsupported, true), (.overBudget, false), (.invalidRequest, false),
        ] {
            var plan = plan([("a", 3), ("b", 3)])
            let first = try asked(plan.begin())
            let next = plan.next(after: Self.fault("a", code), of: first, at: at(0))
            if goesOn { #expect(try asked(next).expert == "b") } else { #expect(next == .stop) }
        }
    }

    @Test func whatNoExpertCanTakeIsTheQuestionsFaultAndWhatOnlyOneCannotIsNot() throws {
        for (code, whole) in [(Fault.Code.unsupported, Fault.Code.unsupported), (.expertFailed, .noExpert)] {
            for isSwapped in [false, true] {
                var plan = plan([("a", 0), ("b", 0)])
                let codes = isSwapped ? [code, .unsupported] : [.unsupported, code]
                let first = try asked(plan.begin())
                let second = try asked(plan.next(after: Self.fault("a", codes[0]), of: first, at: at(0)))
                #expect(plan.next(after: Self.fault("b", codes[1]), of: second, at: at(0)) == .stop)
                let failure = plan.failure(of: "auto", at: at(0))
                #expect(failure.code == whole)
                #expect(failure.sentence.contains("a: said no") && failure.sentence.contains("b: said no"))
            }
        }
    }

    @Test func whoSaysAtOnceIsLeftAloneForAMomentAllTheSame() throws {
        var plan = plan([("a", 3)])
        let first = try asked(plan.begin())
        let second = try asked(plan.next(after: Self.fault("a", .expertLimited, after: 0), of: first, at: at(0)))
        #expect(second.reason == .retry && second.wait > .zero && second.wait < .milliseconds(250))
        // The client gets no advice of ours.
        #expect(plan.failure(of: "auto", at: at(0)).retryAfterSeconds ?? 0 == 0)
    }

    @Test func aShortWaitIsMadeAndALongOneOnlyWhenNobodyElseIsLeft() throws {
        var plan = plan([("a", 2), ("b", 2)])
        let first = try asked(plan.begin())
        let second = try asked(plan.next(after: Self.fault("a", .expertLimited, after: 2), of: first, at: at(0)))
        #expect(second.expert == "a" && second.wait == .seconds(2))
        let third = try asked(plan.next(after: Self.fault("a", .expertLimited, after: 20), of: second, at: at(2)))
        #expect(third.expert == "b" && third.wait == .zero)
        // b failed at once and wants 25 s: a is back at 22, 19 s from now.
        let fourth = try asked(plan.next(after: Self.fault("b", .expertTimedOut), of: third, at: at(3)))
        #expect(fourth.expert == "a" && fourth.reason == .recovery && fourth.wait == .seconds(19))
    }

    @Test func whoeverIsBackFirstIsWaitedFor() throws {
        var plan = plan([("a", 2), ("b", 2)])
        let first = try asked(plan.begin())
        let second = try asked(plan.next(after: Self.fault("a", .expertResting, after: 9), of: first, at: at(0)))
        let third = try asked(plan.next(after: Self.fault("b", .expertResting, after: 4), of: second, at: at(1)))
        #expect(third.expert == "b" && third.reason == .recovery && third.wait == .seconds(4))
    }

    @Test func noWaitIsMadeThatReachesTheDeadline() throws {
        for (deadline, waits) in [(5.0, false), (5.1, true)] {
            var plan = plan([("a", 2)], deadline: deadline)
            let first = try asked(plan.begin())
            let next = plan.next(after: Self.fault("a", .expertLimited, after: 5), of: first, at: at(0))
            #expect((next != .stop) == waits)
            #expect(plan.failure(of: "auto", at: at(0)).retryAfterSeconds == 5)
        }
    }

    @Test func aWaitThatIsTooLongEndsIt() throws {
        var plan = plan([("a", 2)])
        let first = try asked(plan.begin())
        #expect(plan.next(after: Self.fault("a", .expertLimited, after: 30.5), of: first, at: at(0)) == .stop)
    }

    @Test func aFailureOfAllSaysWhenTheFirstIsBack() throws {
        var plan = plan([("a", 0), ("b", 0)])
        let first = try asked(plan.begin())
        let second = try asked(plan.next(after: Self.fault("a", .expertLimited, after: 50), of: first, at: at(0)))
        #expect(plan.next(after: Self.fault("b", .expertLimited, after: 90), of: second, at: at(10)) == .stop)
        #expect(plan.failure(of: "auto", at: at(12)).retryAfterSeconds == 38)
    }

    @Test func oneBudgetIsSharedByAllPlansOfAQuestion() throws {
        let budget = RetryBudget(1)
        var plans = (0..<2).map {
            AttemptPlan([.init("a", role: .seat, retries: 3)], retries: budget, seed: UInt64($0))
        }
        let first = try asked(plans[0].begin())
        let other = try asked(plans[1].begin())
        #expect(try asked(plans[0].next(after: Self.fault("a"), of: first, at: at(0))).reason == .retry)
        #expect(plans[1].next(after: Self.fault("a"), of: other, at: at(0)) == .stop)
        #expect(budget.left == 0)
    }

    @Test func aHedgeTakesAnUntriedExpertElseTheSame() throws {
        var pair = plan([("a", 0), ("b", 0)], hedges: 1)
        let slow = try asked(pair.begin())
        let beside = pair.hedge(beside: slow)
        #expect(beside?.expert == "b" && beside?.reason == .hedge)
        #expect(pair.hedge(beside: slow) == nil)
        var alone = plan([("a", 0)], hedges: 1)
        let only = try asked(alone.begin())
        #expect(alone.hedge(beside: only)?.expert == "a")
    }

    /// Whatever fails in whatever way: never more tries than the budget allows, nor on one expert than its card; no wait
    /// too long or past the deadline; and nobody is left unasked unless the question itself was refused.
    @Test func neverExceedsItsBudget() {
        let codes: [Fault.Code] = [
            .expertFailed, .expertLimited, .expertUnreachable, .expertGarbled, .expertCutOff, .expertTimedOut,
            .expertRefused, .expertResting, .unsupported, .overBudget,
        ]
        var retriesSeen = 0
        for seed in 0..<4_000 {
            var random = SeededRandom(seed: UInt64(seed))
            let candidates = (0..<(1 + random.below(4))).map { (id: ExpertID("e\($0)"), retries: random.below(4)) }
            let budget = random.below(6)
            let deadline: Double? = random.below(2) == 0 ? nil : Double(random.below(60))
            var plan = AttemptPlan(
                candidates.map { .init($0.id, role: .seat, retries: $0.retries) }, retries: RetryBudget(budget),
                deadline: deadline.map(at), seed: UInt64(seed))
            var now = 0.0
            var tries: [ExpertID: Int] = [:]
            var turnedAway = 0
            var step = plan.begin()
            var asks: [ExpertID] = []
            var last: Fault?
            while case .ask(let planned) = step {
                #expect(planned.wait >= .zero && planned.wait <= AttemptPlan.longestWait)
                if planned.wait > .zero, let deadline { #expect(now + planned.wait.seconds < deadline) }
                now += planned.wait.seconds + random.unit()
                asks.append(planned.expert)
                // Mostly failures that may pass, so that the budget is what ends it.
                let code = codes[random.below(3) > 0 ? random.below(5) : random.below(codes.count)]
                let fault = Self.fault(
                    planned.expert.rawValue, code, after: random.below(3) == 0 ? Double(random.below(40)) : nil)
                if code == .expertResting { turnedAway += 1 } else { tries[planned.expert, default: 0] += 1 }
                last = fault
                step = plan.next(after: fault, of: planned, at: at(now))
                if asks.count > 200 { break }
            }
            #expect(asks.count <= candidates.count + budget)
            for (id, retries) in candidates { #expect(tries[id, default: 0] <= 1 + retries) }
            #expect(plan.failure(of: "auto", at: at(now)).sentence.contains("said no"))
            if last?.code.blamesExpert == true { #expect(Set(asks).count == candidates.count) }
            retriesSeen += max(0, asks.count - Set(asks).count)
        }
        #expect(retriesSeen > 1_000)
    }
}
