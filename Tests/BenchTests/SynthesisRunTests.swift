import Bench
import Core
import Support
import Testing

/// Runs in which one expert writes the final answers.
struct SynthesisRunTests {
    /// Answers wrongly when asked, rightly when it writes.
    private func writer(_ id: ExpertID) -> FakeExpert {
        FakeExpert(id) { question, _ in .says(question.isSynthesis ? "#### \(question.number)" : "#### 0") }
    }

    @Test func theWriterIsVisitedOnceMoreForAllItsAnswers() async throws {
        let log = ProgressLog<RunProgress>()
        let rig = Rig(writer("w"))
        let order = try rig.order("synthesis:w", numbers(6), seats: 2)
        try await rig.run(order) { log.note($0) }
        let report = try await RunReport("r", from: rig.store)
        #expect((report.strict.right, report.calls) == (6, 18))
        #expect(report.visits.map(\.count) == [2])
        #expect(log.steps.last.map { $0.done == $0.total } == true)
        #expect(log.steps.last?.total == 18)
        let written = rig.experts[0].questions.filter(\.isSynthesis)
        #expect(written.count == 6)
        #expect(written.allSatisfy { $0.sampling.temperature == 0 }, "a writer sits alone")
    }

    @Test func aRunStoppedWhileWritingGoesOnWriting() async throws {
        let rig = Rig(writer("w"))
        let order = try rig.order("synthesis:w", numbers(6), seats: 2)
        await rig.store.breaks(afterAnswers: 15)
        await #expect(throws: MemoryStore.Broken.self) { try await rig.run(order) }
        await rig.store.breaks(afterAnswers: nil)
        let log = ProgressLog<RunProgress>()
        try await rig.run(order, resuming: true) { log.note($0) }
        #expect(log.steps.map(\.done) == [16, 17, 18])
        #expect(log.steps.allSatisfy { $0.total == 18 })
        #expect(try await RunReport("r", from: rig.store).strict.right == 6)
    }

    @Test func theVoteStandsWhereTheWriterCannot() async throws {
        let refusing = FakeExpert("w", concurrent: 1) { question, _ in
            question.isSynthesis && question.number == 1
                ? .fails(Fault(.expertRefused, "w", "no")) : .says("#### \(question.number)")
        }
        let rig = Rig(refusing)
        try await rig.run(try rig.order("synthesis:w", numbers(3), seats: 2))
        let grades = await rig.store.grades(in: "r")
        #expect(grades.allSatisfy { $0.isStrictlyRight })
        #expect(grades.first { $0.question == "q1" }?.verdict.note.contains("the vote stands") == true)
    }

    @Test func theWriterChosenForARouteWrites() async throws {
        let rig = Rig(knower("a"), writer("w"))
        let route = Route(
            name: "team", routing: RoutingPlan(strategy: .fixed, members: ["a", "w"]),
            aggregation: AggregationPlan(method: .synthesis))
        await rig.store.choose("w", for: "writer/team")
        let order = try rig.order("route:team", numbers(3), routes: [route])
        try await rig.run(order)
        #expect(rig.experts[1].questions.count(where: \.isSynthesis) == 3)
        #expect(rig.experts[0].questions.allSatisfy { !$0.isSynthesis })
        // A choice made while a run is stopped does not change the run.
        await rig.store.choose("a", for: "writer/team")
        try await rig.run(order, resuming: true)
        #expect(rig.experts[0].questions.allSatisfy { !$0.isSynthesis })
    }

    @Test func theStrongestRecruitedExpertWritesWhereNobodyWasChosen() async throws {
        var rig = Rig(writer("weak"), writer("strong"))
        rig.marks = (0..<4).map {
            Mark(
                expert: "strong", skill: "sums", skillVersion: "1", question: String($0), isRight: true,
                at: ManualTime.start)
        }
        let route = Route(
            name: "team", routing: RoutingPlan(strategy: .fixed, members: ["weak", "strong"]),
            aggregation: AggregationPlan(method: .synthesis))
        try await rig.run(try rig.order("route:team", numbers(3), routes: [route]))
        #expect(rig.experts[1].questions.count(where: \.isSynthesis) == 3)
        #expect(rig.experts[0].questions.allSatisfy { !$0.isSynthesis })
    }
}
