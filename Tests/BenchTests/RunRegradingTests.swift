import Bench
import Core
import Testing

struct RunRegradingTests {
    @Test func aRunIsGradedAnewWithoutAskingAnyone() async throws {
        let log = AskLog()
        let rig = Rig(knower("a", log: log))
        let order = try rig.order("single:a", numbers(4))
        try await rig.run(order)
        // As an earlier version would have left them.
        for var grade in await rig.store.grades(in: "r") {
            if grade.question == "q2" { (grade.isFlexiblyRight, grade.isStrictlyRight) = (false, false) }
            grade.graded = nil
            await rig.store.keep(grade, in: "r")
        }
        let outcome = try await RunRegrading(store: rig.store).regrade("r", as: order)
        #expect((outcome.strictGained, outcome.strictLost) == (1, 0))
        #expect((outcome.flexibleGained, outcome.flexibleLost) == (1, 0))
        #expect(outcome.before == ["an earlier version"])
        #expect(outcome.now == "extractors \(AnswerExtractor.version), exact")
        #expect(log.total == 4)
        #expect(await rig.store.grades(in: "r").allSatisfy { $0.isFlexiblyRight })
    }

    @Test func otherQuestionsAreRefusedAndNothingChanges() async throws {
        let rig = Rig(knower("a"))
        try await rig.run(try rig.order("single:a", numbers(4)))
        let before = await rig.store.grades(in: "r")
        let fault = await #expect(throws: Fault.self) {
            try await RunRegrading(store: rig.store).regrade("r", as: try rig.order("single:a", numbers(3)))
        }
        #expect(fault?.found == "is about 4 other questions than the 3 given")
        #expect(await rig.store.grades(in: "r") == before)
    }
}
