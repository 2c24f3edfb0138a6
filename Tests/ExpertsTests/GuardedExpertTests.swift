import Core
import Experts
import Support
import Testing

struct GuardedExpertTests {
    private static let failed = Fault(.expertFailed, "fake", "fell over")

    private func brokenOnce(then reply: FakeExpert.Reply) -> FakeExpert {
        FakeExpert(replies: Array(repeating: .fails(Self.failed), count: 5) + [reply])
    }

    private func failFiveTimes(_ expert: GuardedExpert) async throws {
        for _ in 0..<5 { #expect(try await Sample.fault(of: expert) == Self.failed) }
    }

    @Test func restsAndSaysWhenToComeBack() async throws {
        let time = ManualTime()
        let fake = brokenOnce(then: .says("Four."))
        let expert = GuardedExpert(fake, time: time.source)
        #expect(await expert.health() == .ready)
        try await failFiveTimes(expert)
        #expect(await expert.health() == .resting(retryAfter: .seconds(1), because: "fell over"))
        let fault = try await Sample.fault(of: expert)
        #expect(fault?.sentence == "fake: is left alone after failures (fell over). It is tried again in 1 s.")
        #expect(fault?.code == .expertResting && fault?.retryAfterSeconds == 1)
        #expect(fake.questions.count == 5)

        time.advance(by: .seconds(1))
        #expect(await expert.health() == .ready)
        #expect(try await Sample.pieces(of: expert).text == "Four.")
        #expect(await expert.health() == .ready)
    }

    @Test func onlyOneQuestionProbes() async throws {
        let time = ManualTime()
        let expert = GuardedExpert(brokenOnce(then: .says("Four.")), time: time.source)
        try await failFiveTimes(expert)
        time.advance(by: .seconds(1))
        let probe = try await expert.ask(Question("?"), delivery: .streamed)
        #expect(try await Sample.fault(of: expert)?.code == .expertResting)
        #expect(try await probe.nextPiece() == .text("Four."))
        // Its answer has begun: nobody waits until its reader has done with it.
        #expect(await expert.health() == .ready)
        #expect(try await Sample.pieces(of: expert).text == "Four.")
        while try await probe.nextPiece() != nil {}
        #expect(await expert.health() == .ready)
    }

    @Test func aProbeThatBreaksOffAfterItsBeginningIsAFailureLikeAnyOther() async throws {
        let time = ManualTime()
        let expert = GuardedExpert(brokenOnce(then: .breaks(after: ["Fo"], Self.failed)), time: time.source)
        try await failFiveTimes(expert)
        time.advance(by: .seconds(1))
        for _ in 0..<4 { #expect(try await Sample.fault(of: expert) == Self.failed) }
        #expect(await expert.health() == .ready)
        #expect(try await Sample.fault(of: expert) == Self.failed)
        #expect(await expert.health() == .resting(retryAfter: .seconds(2), because: "fell over"))
    }

    @Test func aDroppedProbeIsNotTheEnd() async throws {
        let time = ManualTime()
        let expert = GuardedExpert(brokenOnce(then: .says("Four.")), time: time.source)
        try await failFiveTimes(expert)
        time.advance(by: .seconds(1))
        var probe: AnswerStream? = try await expert.ask(Question("?"), delivery: .streamed)
        #expect(probe != nil)
        probe = nil
        #expect(try await Sample.pieces(of: expert).text == "Four.")
    }

    @Test func answersThatBreakOffCount() async throws {
        let fake = FakeExpert(replies: [.breaks(after: ["Fo"], Self.failed)])
        let expert = GuardedExpert(fake, time: ManualTime().source)
        try await failFiveTimes(expert)
        #expect(try await Sample.fault(of: expert)?.code == .expertResting)
    }

    @Test func leavingIsNoFailure() async throws {
        let expert = GuardedExpert(
            FakeExpert { _, _ in throw CancellationError() }, time: ManualTime().source)
        for _ in 0..<9 {
            await #expect(throws: CancellationError.self) { try await expert.ask(Question("?"), delivery: .whole) }
        }
        #expect(await expert.health() == .ready)
    }
}
