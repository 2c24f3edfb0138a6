import Bench
import Core
import Support
import Synchronization
import Testing

/// What a run does about experts that fail.
struct RunVisitTests {
    private static func down(_ id: String) -> Fault { Fault(.expertUnreachable, id, "refuses connections") }

    @Test func anExpertThatGoesDownLeavesEverythingKeptAndSaysHowToGoOn() async throws {
        let isDown = Mutex(true)
        let log = AskLog()
        let flaky = FakeExpert("flaky", concurrent: 1) { question, call in
            if call >= 3, isDown.withLock({ $0 }) { return .fails(Self.down("flaky")) }
            log.note(question)
            return .says("#### \(question.number)")
        }
        let rig = Rig(flaky, knower("good"))
        let order = try rig.order("vote", numbers(12))
        let fault = await #expect(throws: Fault.self) { try await rig.run(order) }
        #expect(fault?.code == .expertUnreachable)
        #expect(
            fault?.sentence == """
                run r: flaky failed on 5 questions and was not asked 4 more; every answer that came is kept. When flaky \
                is back, go on with --resume r.
                  - flaky: refuses connections.
                  - flaky: refuses connections.
                  - flaky: refuses connections.
                """)
        let answers = await rig.store.answers(in: "r")
        #expect(answers.count { $0.expert == "flaky" } == 3)
        #expect(answers.count { $0.expert == "good" } == 12, "one that is down does not keep the others from answering")
        #expect(answers.allSatisfy { $0.fault == nil })
        #expect(await rig.store.visits(in: "r").map(\.count) == [1, 1])

        isDown.withLock { $0 = false }
        try await rig.run(order, resuming: true)
        #expect(log.byQuestion.count == 12)
        #expect(log.byQuestion.values.allSatisfy { $0 == 1 })
        #expect(rig.experts[1].questions.count == 12, "whoever was done is not visited again")
        #expect(await rig.store.visits(in: "r").map(\.count) == [2, 1])
    }

    @Test func aWrongKeyIsNotTakenForWrongAnswers() async throws {
        let rig = Rig(FakeExpert("a", replies: [.fails(Fault(.expertRefused, "a", "answers with status 401"))]))
        let fault = await #expect(throws: Fault.self) { try await rig.run(try rig.order("single:a", numbers(9))) }
        #expect(fault?.code == .expertRefused)
        #expect(await rig.store.answers(in: "r").isEmpty)
    }

    @Test(arguments: [Fault.Code.expertRefused, .expertTimedOut, .expertFailed, .unsupported])
    func aQuestionThatAloneCannotBeAnsweredIsKeptAsFailed(code: Fault.Code) async throws {
        let rig = Rig(
            FakeExpert("a", concurrent: 1) { question, _ in
                question.number == 3 ? .fails(Fault(code, "a", "cannot")) : .says("#### \(question.number)")
            })
        let run = try await rig.run(try rig.order("single:a", numbers(6)))
        #expect(run.state == .finished)
        let report = try await RunReport("r", from: rig.store)
        #expect((report.failed, report.strict.right, report.calls) == (1, 5, 6))
        // A server's error is tried once more; a refusal or a timeout would only come again.
        #expect(rig.experts[0].questions.count == (code == .expertFailed ? 7 : 6))
    }

    @Test func aFailureThatPassesIsAskedOnceMoreInTheSameVisit() async throws {
        let rig = Rig(
            FakeExpert("a", concurrent: 1) { question, call in
                call == 1
                    ? .fails(Fault(.expertFailed, "a", "answers with status 500")) : .says("#### \(question.number)")
            })
        try await rig.run(try rig.order("single:a", numbers(5)))
        let report = try await RunReport("r", from: rig.store)
        #expect((report.failed, report.strict.right) == (0, 5))
        #expect(report.visits.map(\.count) == [1])
    }

    @Test func anotherSeatAnswersWhereOneFailed() async throws {
        let rig = Rig(
            FakeExpert("a", concurrent: 1) { question, _ in
                question.number == 2 ? .fails(Fault(.expertRefused, "a", "no")) : .says("#### \(question.number)")
            }, knower("b"))
        try await rig.run(try rig.order("vote", numbers(4)))
        let report = try await RunReport("r", from: rig.store)
        #expect((report.failed, report.strict.right) == (0, 4))
        #expect(report.answers.map(\.count) == [3, 4])
    }
}
