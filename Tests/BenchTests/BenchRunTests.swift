import Bench
import Core
import Pipeline
import Support
import Testing

struct BenchRunTests {
    @Test func visitsEachExpertOnceWithItsWholeList() async throws {
        let rig = Rig(knower("a"), knower("b"), knower("c"))
        let run = try await rig.run(try rig.order("vote", numbers(20)))
        #expect(run.state == .finished)
        #expect(await rig.store.visits(in: "r").map(\.count) == [1, 1, 1])
        #expect(rig.experts.map { $0.questions.count } == [20, 20, 20])
    }

    @Test func gradesEveryQuestion() async throws {
        let rig = Rig(
            FakeExpert("a") { question, _ in
                .says(question.number.isMultiple(of: 2) ? "#### \(question.number)" : "It is \(question.number)")
            })
        try await rig.run(try rig.order("single:a", numbers(10)))
        let report = try await RunReport("r", from: rig.store)
        #expect((report.strict.right, report.strict.of) == (5, 10))
        #expect((report.flexible.right, report.flexible.of) == (10, 10))
    }

    @Test func aSingleExpertIsAskedGreedilyAndAPanelWarmly() async throws {
        let rig = Rig(knower("a"), knower("b"))
        try await rig.run(try rig.order("single:a", numbers(2)), id: "one")
        #expect(rig.experts[0].questions.allSatisfy { $0.sampling.temperature == 0 && $0.sampling.seed == nil })
        try await rig.run(try rig.order("vote", numbers(2)), id: "all")
        let warm = rig.experts[0].questions.dropFirst(2) + rig.experts[1].questions
        #expect(warm.allSatisfy { $0.sampling.temperature == 0.7 })
        #expect(Set(warm.map(\.sampling.seed)).count == 4, "every seat draws with a seed of its own")
    }

    @Test func theMajorityOfASeatedPanelIsTheAnswer() async throws {
        let wrong = FakeExpert("w") { _, _ in .says("#### 999") }
        let rig = Rig(wrong, knower("a"), knower("b"))
        try await rig.run(try rig.order("vote", numbers(3)))
        #expect(try await RunReport("r", from: rig.store).strict.right == 3)
    }

    @Test func theSameSeedRecruitsTheSameAndAnotherDoesNot() async throws {
        let rig = Rig(knower("a"), knower("b"), knower("c"))
        try await rig.run(try rig.order("random", numbers(20), seats: 1, seed: 1), id: "first")
        try await rig.run(try rig.order("random", numbers(20), seats: 1, seed: 1), id: "again")
        try await rig.run(try rig.order("random", numbers(20), seats: 1, seed: 2), id: "other")
        let first = await rig.store.seats(in: "first")
        #expect(await rig.store.seats(in: "again") == first)
        #expect(await rig.store.seats(in: "other") != first)
    }

    @Test func progressReachesItsTotal() async throws {
        let log = ProgressLog<RunProgress>()
        let rig = Rig(knower("a"), knower("b"))
        try await rig.run(try rig.order("vote", numbers(7))) { log.note($0) }
        #expect(log.steps.map(\.done) == Array(1...14))
        #expect(log.steps.allSatisfy { $0.total == 14 && $0.expertTotal == 7 })
    }

    @Test func trimTakesTheSeatsOfExpertsThatWereHardlyRecruited() async throws {
        let rig = Rig(knower("a"), knower("b"), knower("c"))
        // Without a known skill every expert is as likely, so each has about a third of the seats.
        let usual = try rig.order("skill", numbers(30), seats: 1)
        try await rig.run(usual, id: "usual")
        let counts = Dictionary(
            grouping: await rig.store.seats(in: "usual").flatMap(\.recruitment.seats), by: \.expert
        ).mapValues(\.count)
        let fewest = counts.values.min() ?? 0
        let share = (Double(fewest) + 0.5) / 30
        try await rig.run(try rig.order("skill", numbers(30), seats: 1, trim: share), id: "trimmed")
        let left = Set(await rig.store.seats(in: "trimmed").flatMap(\.recruitment.experts))
        #expect(left == Set(counts.filter { $0.value > fewest }.keys))
        #expect(left.count < 3)
    }

    @Test func aRouteAsksOnlyItsOwnExperts() async throws {
        let rig = Rig(knower("a"), knower("b"), knower("c"))
        let route = Route(name: "few", routing: RoutingPlan(strategy: .random, seats: 2), experts: ["b"])
        try await rig.run(try rig.order("route:few", numbers(5), routes: [route]))
        #expect(await rig.store.visits(in: "r").map(\.expert) == ["b"])
    }

    @Test func twoQuestionsOfOneNameAreRefused() async throws {
        let rig = Rig(knower("a"))
        let fault = await #expect(throws: Fault.self) {
            try await rig.run(try rig.order("single:a", numbers(2) + numbers(1)))
        }
        #expect(fault?.sentence == "question q1: stands twice in this run.")
        #expect(rig.experts[0].questions.isEmpty)
    }

    @Test func anAnswerCutByItsLimitIsCounted() async throws {
        let rig = Rig(
            FakeExpert("a") { question, _ in
                FakeExpert.Reply(pieces: [
                    .text("#### \(question.number)"), .finish(question.number == 2 ? .length : .stop),
                ])
            })
        try await rig.run(try rig.order("single:a", numbers(3)))
        let report = try await RunReport("r", from: rig.store)
        #expect((report.cut, report.strict.right) == (1, 3))
    }
}
