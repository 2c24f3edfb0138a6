import Bench
import Core
import Support
import Synchronization
import Testing

/// How a run is carried out: lanes, order, budget.
struct RunConductTests {
    /// Right about every number; each answer costs a dollar.
    private func dear(_ id: ExpertID, log: AskLog = AskLog()) -> FakeExpert {
        FakeExpert(id, concurrent: 1, price: Price(input: 0, output: 100_000)) { question, _ in
            log.note(question)
            return .init(pieces: [
                .text("#### \(question.number)"), .usage(Usage(promptTokens: 0, completionTokens: 10)), .finish(.stop),
            ])
        }
    }

    @Test func aRunStopsBeforeItsBudgetIsExceededAndGoesOnWithMore() async throws {
        let log = AskLog()
        let rig = Rig(dear("a", log: log))
        // An answer of ten tokens costs a dollar, and may cost no more.
        let order = try rig.order("single:a", numbers(6), maximumTokens: 10)
        let fault = await #expect(throws: Fault.self) {
            try await rig.run(order, conduct: RunConduct(budget: 3.5))
        }
        #expect(fault?.code == .overBudget)
        #expect(
            fault?.sentence == """
                run r: stopped before its budget would be exceeded: 3 answers are still to come; every answer that came \
                is kept. Go on with --resume r and a higher --budget.
                  - a: an answer could cost $1.000000, and the run's budget of $3.500000 has $0.500000 left.
                """)
        #expect(log.total == 3)
        #expect(await rig.store.answers(in: "r").allSatisfy { $0.fault == nil })
        try await rig.run(order, resuming: true, conduct: RunConduct(budget: 6))
        #expect(log.total == 6, "nothing is asked twice, and what was spent counts")
        #expect(try await RunReport("r", from: rig.store).dollars == 6)
    }

    /// Answers each number rightly, but what it is told to fail on; each answer costs half a dollar.
    private final class Post: BatchTaker {
        let price = Price(input: 0, output: 50_000)
        let failing: Set<Int>
        private let kept = Mutex<[[String]]>([])

        init(failing: Set<Int> = []) { self.failing = failing }

        /// The ids of each list.
        var lists: [[String]] { kept.withLock { $0 } }

        func answer(
            _ list: [ListedQuestion], for owner: String, news: @Sendable (BatchNews) -> Void,
            arrived: (String, Result<Answer, Fault>) async throws -> Void
        ) async throws {
            let isFirst = kept.withLock { kept in
                kept.append(list.map(\.id))
                return kept.count == 1
            }
            for listed in list where !(failing.contains(listed.question.number) && isFirst) {
                try await arrived(
                    listed.id,
                    .success(
                        Answer(
                            expert: "a", text: "#### \(listed.question.number)",
                            usage: Usage(promptTokens: 0, completionTokens: 10))))
            }
            for listed in list where failing.contains(listed.question.number) && isFirst {
                try await arrived(listed.id, .failure(Fault(.expertFailed, "a", "stumbled")))
            }
        }
    }

    @Test func anExpertThatTakesBatchesGetsItsWholeListAtTheirPrice() async throws {
        let log = AskLog()
        let rig = Rig(dear("a", log: log))
        let post = Post(failing: [2])
        let order = try rig.order("single:a", numbers(6), maximumTokens: 10)
        try await rig.run(order, conduct: RunConduct(takers: ["a": post]))
        #expect(post.lists == [(1...6).map { "q\($0)#0" }, ["q2#0"]], "what failed is tried once more, by post too")
        #expect(log.total == 0, "nobody is asked question by question")
        let report = try await RunReport("r", from: rig.store)
        #expect(report.dollars == 3)
        #expect(await rig.store.grades(in: "r").allSatisfy { $0.isFlexiblyRight })
        try await rig.run(order, id: "arrival", conduct: RunConduct(order: .arrival, takers: ["a": post]))
        #expect(log.total == 6 && post.lists.count == 2, "question by question is what it says")
    }

    @Test func aBatchHoldsNoMoreThanTheBudgetIsEnoughFor() async throws {
        let rig = Rig(dear("a"))
        let post = Post()
        let order = try rig.order("single:a", numbers(6), maximumTokens: 10)
        let fault = await #expect(throws: Fault.self) {
            try await rig.run(order, conduct: RunConduct(budget: 3.5, takers: ["a": post]))
        }
        #expect(fault?.code == .overBudget && post.lists == [["q1#0", "q2#0", "q3#0"]])
        #expect(try await RunReport("r", from: rig.store).dollars == 1.5, "an answer by post costs half")
    }

    @Test func aBudgetThatIsTooSmallForOneAnswerAsksNobody() async throws {
        let log = AskLog()
        let rig = Rig(dear("a", log: log))
        await #expect(throws: Fault.self) {
            try await rig.run(try rig.order("single:a", numbers(2)), conduct: RunConduct(budget: 0.5))
        }
        #expect(log.total == 0)
    }

    @Test func inTheOrderOfArrivalEveryChangeOfExpertIsAVisit() async throws {
        let rig = Rig(knower("a"), knower("b"))
        let order = try rig.order("vote", numbers(5))
        try await rig.run(order, id: "grouped")
        try await rig.run(order, id: "arrival", conduct: RunConduct(order: .arrival))
        #expect(await rig.store.visits(in: "grouped").map(\.count) == [1, 1])
        #expect(await rig.store.visits(in: "arrival").map(\.count) == [5, 5])
        #expect(await rig.store.grades(in: "arrival").allSatisfy { $0.isFlexiblyRight })
    }

    @Test func lanesAreVisitedTogetherAndALaneInTurn() async throws {
        // Each waits until the other has begun: only lanes of their own can both end.
        let meeting = Gathering(of: 2)
        let waits = { (id: ExpertID) in
            FakeExpert(id, concurrent: 1) { question, _ in
                await meeting.arrive()
                return .says("#### \(question.number)")
            }
        }
        let rig = Rig(waits("a"), waits("b"))
        try await rig.run(try rig.order("vote", numbers(1)), conduct: RunConduct(lanes: VisitLanes()))
        #expect(await rig.store.answers(in: "r").count == 2)
    }

    @Test func expertsOfALaneAreNamedByIt() {
        let lanes = VisitLanes(["a": VisitLanes.here, "b": VisitLanes.here])
        #expect(lanes.lane(of: "a") == lanes.lane(of: "b"))
        #expect(lanes.lane(of: "c") != lanes.lane(of: "d"))
        #expect(VisitLanes.single.lane(of: "c") == VisitLanes.single.lane(of: "d"))
    }

    @Test func selfConsistencyAsksOneExpertForEverySeat() async throws {
        let rig = Rig(knower("a"), knower("b"))
        try await rig.run(try rig.order("self:b", numbers(4), seats: 3))
        let report = try await RunReport("r", from: rig.store)
        #expect(report.answers.map(\.expert) == ["b"])
        #expect(report.calls == 12)
        #expect(Set(rig.experts[1].questions.map(\.sampling.seed)).count == 12, "each seat has a draw of its own")
    }

    @Test func progressKnowsEveryQueue() async throws {
        let log = ProgressLog<RunProgress>()
        let rig = Rig(knower("a"), knower("b"))
        try await rig.run(try rig.order("vote", numbers(3))) { log.note($0) }
        let last = log.steps.last
        #expect(last?.queues.map(\.expert) == ["a", "b"])
        #expect(last?.queues.allSatisfy { $0.done == 3 && $0.total == 3 } == true)
    }
}

/// Lets nobody on until so many are there.
private actor Gathering {
    private let wanted: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var count = 0

    init(of wanted: Int) { self.wanted = wanted }

    func arrive() async {
        count += 1
        guard count < wanted else {
            for one in waiting { one.resume() }
            waiting = []
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }
}
