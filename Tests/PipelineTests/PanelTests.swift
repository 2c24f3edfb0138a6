import Aggregation
import Core
import Pipeline
import Support
import Testing

/// Seats that need not be waited for, and experts that are slow.
struct PanelTests {
    /// An expert that never answers; it only ends when it is hung up on.
    private func silent(_ id: ExpertID, _ time: ManualTime) -> FakeExpert {
        let source = time.source
        return FakeExpert(id) { _, _ in
            try await source.sleep(for: .seconds(86_400))
            return .says("too late")
        }
    }

    private func says(_ id: ExpertID, _ text: String) -> FakeExpert { FakeExpert(id, replies: [.says(text)]) }

    @Test func aDecidedVoteHangsUpOnTheRest() async throws {
        let time = ManualTime(.waits)
        let slow = silent("c", time)
        let shop = Workshop(
            [says("a", "#### 2"), says("b", "#### 2"), slow], routes: [Workshop.everybody(["a", "b", "c"])], time: time)
        let (answer, trace) = try await shop.pipeline.answer(Question("1 + 1?"), model: "auto")
        #expect(answer.text == "#### 2" && trace.outcome == .complete)
        #expect(trace.attempts.map(\.expert) == ["a", "b", "c"])
        #expect(trace.attempts.last?.fault == nil)
        // It may have been hung up on before it was asked at all.
        #expect(trace.attempts.last?.outcome == .cancelled)
        #expect(trace.notes == ["the vote was decided without 1 of 3 seats"])
        #expect(slow.openStreams == 0 && time.sleeperCount == 0)
    }

    @Test func aSynthesisWaitsForEverybody() async throws {
        let time = ManualTime(.waits)
        let route = Workshop.everybody(
            ["a", "b", "c"], method: .synthesis, writer: "a", budget: Budget(time: .seconds(5)))
        let (a, b) = (says("a", "x"), says("b", "x"))
        let shop = Workshop([a, b, silent("c", time)], routes: [route], time: time)
        async let asked = shop.pipeline.answer(Question("?"), model: "auto")
        // Two have answered; the third and its clock are all that is waited for.
        func isAnswered(_ expert: FakeExpert) -> Bool { expert.mostOpenStreams == 1 && expert.openStreams == 0 }
        while !isAnswered(a) || !isAnswered(b) || time.sleeperCount != 2 { await Task.yield() }
        time.advance(by: .seconds(4))
        #expect(shop.traces.all.isEmpty)
        time.advance(by: .seconds(1))
        // The question's time is over: the vote of those who came in time stands.
        let (answer, trace) = try await asked
        #expect(answer.text == "x" && trace.notes.count == 1)
        #expect(trace.attempts.contains { $0.expert == "c" && $0.clock == .budget && $0.fault?.code == .overBudget })
    }

    @Test func timeEndsASilentExpert() async throws {
        let time = ManualTime(.waits)
        let slow = silent("a", time)
        let shop = Workshop(
            [slow], routes: [Workshop.everybody(["a"], budget: Budget(time: .seconds(5)))], time: time)
        let asked = Task { try await shop.pipeline.answer(Question("?"), model: "auto") }
        while time.sleeperCount < 2 { await Task.yield() }
        time.advance(by: .seconds(5))
        await #expect(throws: Fault.timeIsOver(for: "a")) { try await asked.value }
        #expect(slow.openStreams == 0)
        #expect(shop.traces.all.first?.attempts.map(\.clock) == [.budget])
    }

    @Test func aPanelThatTheQuestionsTimeEndsSaysSo() async throws {
        let time = ManualTime(.waits)
        let route = Workshop.everybody(["a", "b"], budget: Budget(time: .seconds(5)), fallback: "c")
        let spare = says("c", "too late too")
        let shop = Workshop([silent("a", time), silent("b", time), spare], routes: [route], time: time)
        let asked = Task { try await shop.pipeline.answer(Question("?"), model: "auto") }
        while time.sleeperCount < 4 { await Task.yield() }
        time.advance(by: .seconds(5))
        let fault = await #expect(throws: Fault.self) { try await asked.value }
        #expect(fault?.code == .overBudget && fault?.subject == "auto" && spare.questions.isEmpty)
        #expect(fault?.causes == [.timeIsOver(for: "a"), .timeIsOver(for: "b")])
    }

    @Test func whoeverSpeaksFirstWinsAHedge() async throws {
        let time = ManualTime(.waits)
        let slow = silent("a", time)
        var route = Workshop.everybody(["a"], fallback: "b")
        route.hedge = HedgePolicy(after: .time(.seconds(2)))
        let shop = Workshop([slow, says("b", "quick")], routes: [route], time: time)
        let asked = Task { try await shop.pipeline.answer(Question("?"), model: "auto") }
        while time.sleeperCount < 2 { await Task.yield() }
        time.advance(by: .seconds(2))
        let (answer, trace) = try await asked.value
        #expect(answer.text == "quick")
        // Nobody has failed.
        #expect(trace.outcome == .complete && trace.notes.isEmpty)
        #expect(trace.attempts.map(\.outcome) == [.hedgeLost, .answered])
        #expect(trace.attempts.map(\.reason) == [.first, .hedge])
        #expect(trace.attempts.last?.startSeconds == 2)
        #expect(slow.openStreams == 0 && time.sleeperCount == 0)
    }

    @Test func anExpertsOwnHedgeCountsBeforeItsRoutes() async throws {
        let time = ManualTime(.waits)
        let source = time.source
        let slow = FakeExpert("a", hedge: .policy(HedgePolicy(after: .time(.seconds(1))))) { _, _ in
            try await source.sleep(for: .seconds(60))
            return .says("late")
        }
        var route = Workshop.everybody(["a"], fallback: "b")
        route.hedge = HedgePolicy(after: .time(.seconds(30)))
        let shop = Workshop([slow, says("b", "quick")], routes: [route], time: time)
        let asked = Task { try await shop.pipeline.answer(Question("?"), model: "auto") }
        while time.sleeperCount < 2 { await Task.yield() }
        time.advance(by: .seconds(1))
        #expect(try await asked.value.answer.text == "quick")
    }

    @Test func anExpertThatIsNeverHedgedIsWaitedFor() async throws {
        let time = ManualTime(.waits)
        let source = time.source
        let slow = FakeExpert("a", hedge: .never) { _, _ in
            try await source.sleep(for: .seconds(60))
            return .says("late")
        }
        var route = Workshop.everybody(["a"], fallback: "b")
        route.hedge = HedgePolicy(after: .time(.seconds(1)))
        let spare = says("b", "quick")
        let shop = Workshop([slow, spare], routes: [route], time: time)
        let asked = Task { try await shop.pipeline.answer(Question("?"), model: "auto") }
        while time.sleeperCount < 1 { await Task.yield() }
        time.advance(by: .seconds(60))
        #expect(try await asked.value.answer.text == "late")
        #expect(spare.questions.isEmpty)
    }

    @Test func aQuickExpertIsNotHedged() async throws {
        let time = ManualTime(.waits)
        var route = Workshop.everybody(["a"], fallback: "b")
        route.hedge = HedgePolicy(after: .time(.seconds(2)))
        let spare = says("b", "no")
        let shop = Workshop([says("a", "quick"), spare], routes: [route], time: time)
        let (answer, trace) = try await shop.pipeline.answer(Question("?"), model: "auto")
        #expect(answer.text == "quick" && trace.attempts.count == 1 && spare.questions.isEmpty)
    }

    @Test func whenBothOfAHedgeFailThePlanGoesOn() async throws {
        let time = ManualTime(.waits)
        let source = time.source
        let fault = Fault(.expertTimedOut, "a", "said no")
        let slow = FakeExpert("a") { _, _ in
            try await source.sleep(for: .seconds(5))
            return .fails(fault)
        }
        let spare = FakeExpert("b", retries: 1, replies: [.fails(Fault(.expertFailed, "b", "no")), .says("at last")])
        var route = Workshop.everybody(["a"], fallback: "b")
        route.hedge = HedgePolicy(after: .time(.seconds(2)))
        let shop = Workshop([slow, spare], routes: [route], time: time)
        let asked = Task { try await shop.pipeline.answer(Question("?"), model: "auto") }
        while time.sleeperCount < 2 { await Task.yield() }
        time.advance(by: .seconds(2))
        while spare.questions.isEmpty { await Task.yield() }
        while shop.traces.all.isEmpty {
            time.advance(by: .seconds(3))
            await Task.yield()
        }
        #expect(try await asked.value.answer.text == "at last")
        #expect(spare.questions.count == 2 && slow.questions.count == 1)
        #expect(shop.traces.all.first?.attempts.count == 3)
    }

    /// Whatever the seats still to come say, the answer that is decided is the one that waiting would have given.
    @Test(arguments: [AggregationPlan.Weights.equal, .suitability])
    func neverDecidesOtherwiseThanWaitingWould(_ weights: AggregationPlan.Weights) {
        var early = 0
        for seed in 0..<3_000 {
            var random = SeededRandom(seed: UInt64(seed))
            let seats = 2 + random.below(5)
            let suitabilities = (0..<seats).map { _ in Double(random.below(4)) }
            let answers = (0..<seats).map { seat in
                Answer(
                    expert: ExpertID("e\(seat)"), text: random.below(6) == 0 ? "#### " : "#### \(random.below(3))",
                    finish: random.below(5) == 0 ? .length : .stop)
            }
            var order = Array(0..<seats)
            random.shuffle(&order)
            let quorum = SeatQuorum(weights: weights, shape: .number, suitabilities: suitabilities)
            let extraction = AnswerExtraction(shape: .number)
            for came in 1..<seats {
                let arrived = order.prefix(came)
                guard quorum.isDecided(arrived.map { ($0, answers[$0]) }, pending: Array(order.dropFirst(came))) else {
                    continue
                }
                early += 1
                func elected(_ present: [Int]) -> String? {
                    let candidates = present.sorted().map {
                        Candidate(answer: answers[$0], suitability: suitabilities[$0])
                    }
                    guard
                        case .settled(let text, _) = Vote(weights: weights)
                            .aggregate(candidates, of: Question(messages: [Message(.user, "?")], shape: .number))
                    else { return nil }
                    return extraction.extract(from: text)
                }
                #expect(elected(Array(arrived)) == elected(order))
                break
            }
        }
        #expect(early > 300)
    }
}
