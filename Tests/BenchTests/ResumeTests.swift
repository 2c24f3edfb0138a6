import Bench
import Core
import Support
import Synchronization
import Testing

/// Runs that stop half-way, and go on.
struct ResumeTests {
    @Test func whatIsKeptWhenTheStoreBreaksIsNeverAskedAgain() async throws {
        let log = AskLog()
        let rig = Rig(knower("a", concurrent: 1, log: log))
        let order = try rig.order("single:a", numbers(10))
        await rig.store.breaks(afterAnswers: 4)
        await #expect(throws: MemoryStore.Broken.self) { try await rig.run(order) }
        let kept = Set(await rig.store.answers(in: "r").map(\.question))
        #expect(kept.count == 4)
        await rig.store.breaks(afterAnswers: nil)
        let run = try await rig.run(order, resuming: true)
        #expect(run.state == .finished)
        #expect(await rig.store.answers(in: "r").count == 10)
        for question in order.questions where kept.contains(question.id) {
            #expect(log.byQuestion[question.question] == 1)
        }
        // Only the one answer that the store refused was asked for twice.
        #expect(log.total == 11)
    }

    @Test func aCancelledRunGoesOnWhereItStopped() async throws {
        let log = AskLog()
        let (reached, signal) = AsyncStream<Void>.makeStream()
        let isFirst = Mutex(true)
        let rig = Rig(
            FakeExpert("a", concurrent: 1) { question, call in
                if call == 4, isFirst.withLock({ $0 }) {
                    signal.yield()
                    try await Task.sleep(for: .seconds(3_600))
                }
                log.note(question)
                return .says("#### \(question.number)")
            })
        let order = try rig.order("single:a", numbers(10))
        let task = Task { try await rig.run(order) }
        for await _ in reached { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(await rig.store.answers(in: "r").count == 4)
        #expect(await rig.store.visits(in: "r").map(\.count) == [1], "a visit that was stopped is a visit")

        isFirst.withLock { $0 = false }
        try await rig.run(order, resuming: true)
        #expect(log.byQuestion.count == 10, "no question is lost")
        #expect(log.byQuestion.values.allSatisfy { $0 == 1 }, "no question is answered twice")
        #expect(await rig.store.visits(in: "r").map(\.count) == [2])
        #expect(try await RunReport("r", from: rig.store).strict.right == 10)
    }

    @Test func resumingAFinishedRunAsksNobody() async throws {
        let rig = Rig(knower("a"))
        let order = try rig.order("single:a", numbers(5))
        try await rig.run(order)
        let before = try await RunReport("r", from: rig.store)
        try await rig.run(order, resuming: true)
        #expect(rig.experts[0].questions.count == 5)
        #expect(try await RunReport("r", from: rig.store) == before)
    }

    @Test func aResumedRunKeepsItsRecruitments() async throws {
        let rig = Rig(knower("a", concurrent: 1), knower("b", concurrent: 1))
        let order = try rig.order("random", numbers(12), seats: 1)
        await rig.store.breaks(afterAnswers: 3)
        await #expect(throws: MemoryStore.Broken.self) { try await rig.run(order) }
        let seats = await rig.store.seats(in: "r")
        await rig.store.breaks(afterAnswers: nil)
        try await rig.run(order, resuming: true)
        #expect(await rig.store.seats(in: "r") == seats)
    }

    @Test func anythingDifferentIsRefusedByName() async throws {
        let rig = Rig(knower("a"), knower("b"))
        let order = try rig.order("random", numbers(3))
        try await rig.run(order)
        let cases: [(RunOrder, String)] = [
            (try rig.order("random", numbers(3), seed: 8), "seed 7, not 8"),
            (try rig.order("vote", numbers(3)), "strategy random, not vote"),
            (try rig.order("random", numbers(2)), "number of questions 3, not 2"),
            (try rig.order("random", numbers(3), seats: 2), "seats 3, not 2"),
            (try rig.order("random", numbers(3), maximumTokens: 9), "max_tokens 400, not 9"),
        ]
        for (other, difference) in cases {
            let fault = await #expect(throws: Fault.self) { try await rig.run(other, resuming: true) }
            #expect(
                fault?.sentence
                    == "run r: cannot be resumed: it was started with \(difference). Give the same options, or start a "
                    + "new run without --resume.")
        }
        var fewer = order
        fewer.experts = ["a"]
        let fault = await #expect(throws: Fault.self) { try await rig.run(fewer, resuming: true) }
        #expect(fault?.found == "cannot be resumed: it was started with experts a, b, not a")
    }

    @Test func otherQuestionsOfTheSameNumberAreRefused() async throws {
        let rig = Rig(knower("a"))
        try await rig.run(try rig.order("single:a", numbers(3)))
        let others = Array(numbers(4).dropFirst())
        let fault = await #expect(throws: Fault.self) {
            try await rig.run(try rig.order("single:a", others), resuming: true)
        }
        #expect(fault?.found.hasPrefix("cannot be resumed: it was started with questions with fingerprint ") == true)
    }

    @Test func aRunThatIsNotThereCannotBeResumed() async throws {
        let rig = Rig(knower("a"))
        let fault = await #expect(throws: Fault.self) {
            try await rig.run(try rig.order("single:a", numbers(1)), id: "gone", resuming: true)
        }
        #expect(fault?.sentence == "run \"gone\": there is no such run. There are none.")
    }
}
