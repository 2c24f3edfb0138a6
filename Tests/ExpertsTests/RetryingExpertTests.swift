import Core
import Experts
import Support
import Testing

struct RetryingExpertTests {
    private static let failed = Fault(.expertFailed, "fake", "fell over")
    private static let busy = Fault(.expertLimited, "fake", "is busy", retryAfterSeconds: 3)

    private func retrying(_ fake: FakeExpert, retries: Int = 2, time: ManualTime = ManualTime()) -> RetryingExpert {
        RetryingExpert(fake, policy: RetryPolicy(retries: retries), time: time.source, seed: 7)
    }

    @Test func triesAgainUntilItIsAnswered() async throws {
        let time = ManualTime()
        let fake = FakeExpert(replies: [.fails(Self.failed), .fails(Self.busy), .says("Four.")])
        #expect(try await Sample.pieces(of: retrying(fake, time: time)) == [.text("Four."), .finish(.stop)])
        #expect(fake.questions.count == 3)
        #expect(time.sleeps.count == 2)
        #expect(time.sleeps[0] < .milliseconds(250))
        #expect(time.sleeps[1] == .seconds(3))
    }

    @Test func keepsWhatEarlierTriesFailedOf() async throws {
        let fake = FakeExpert(replies: [.fails(Self.failed), .fails(Self.busy), .fails(Self.failed)])
        let fault = try #require(try await Sample.fault(of: retrying(fake)))
        #expect(
            fault.sentence == """
                fake: fell over (the last of 3 tries).
                  - fake: fell over.
                  - fake: is busy.
                """)
        #expect(fault.causes == [Self.failed, Self.busy])
        #expect(fake.questions.count == 3)
    }

    @Test func aStreamThatFailsBeforeItsFirstPieceIsAskedAgain() async throws {
        let fake = FakeExpert(replies: [.breaks(after: [], Self.failed), .says("Four.")])
        #expect(try await Sample.pieces(of: retrying(fake)).text == "Four.")
        #expect(fake.questions.count == 2)
        #expect(fake.openStreams == 0)
    }

    @Test func nothingIsRepeatedOnceSomethingWasHandedOver() async throws {
        let time = ManualTime()
        let fake = FakeExpert(replies: [.breaks(after: ["Fo"], Self.failed), .says("Four.")])
        let stream = try await retrying(fake, time: time).ask(Question("?"), delivery: .streamed)
        #expect(try await stream.nextPiece() == .text("Fo"))
        await #expect(throws: Self.failed) { try await stream.nextPiece() }
        #expect(fake.questions.count == 1 && time.sleeps.isEmpty)
    }

    @Test func aTryThatTimedOutOrWasRefusedIsNotRepeated() async throws {
        for code in [Fault.Code.expertTimedOut, .expertRefused, .unsupported] {
            let fault = Fault(code, "fake", "no")
            let fake = FakeExpert(replies: [.fails(fault), .says("Four.")])
            #expect(try await Sample.fault(of: retrying(fake)) == fault)
            #expect(fake.questions.count == 1)
        }
    }

    @Test func aWaitThatIsTooLongEndsTheTriesAtOnce() async throws {
        var patient = Self.busy
        patient.retryAfterSeconds = 31
        let time = ManualTime()
        let fake = FakeExpert(replies: [.fails(patient), .says("Four.")])
        let fault = try await Sample.fault(of: retrying(fake, time: time))
        #expect(fault?.retryAfterSeconds == 31)
        #expect(fake.questions.count == 1 && time.sleeps.isEmpty)
    }

    @Test func cancellingEndsTheWait() async throws {
        let time = ManualTime(.waits)
        let fake = FakeExpert(replies: [.fails(Self.busy), .says("Four.")])
        let expert = retrying(fake, time: time)
        let asking = Task { try await Sample.pieces(of: expert) }
        while time.sleeperCount == 0 { await Task.yield() }
        asking.cancel()
        await #expect(throws: CancellationError.self) { try await asking.value }
        #expect(fake.questions.count == 1)
    }

    @Test func waitingBetweenTriesHoldsNoPlace() async throws {
        let time = ManualTime(.waits)
        let fake = FakeExpert(concurrent: 1, replies: [.fails(Self.busy), .says("second"), .says("first")])
        let expert = RetryingExpert(LimitedExpert(fake), policy: RetryPolicy(retries: 1), time: time.source, seed: 7)
        let first = Task { try await Sample.pieces(of: expert).text }
        while time.sleeperCount == 0 { await Task.yield() }
        #expect(try await Sample.pieces(of: expert).text == "second")
        time.advance(by: .seconds(3))
        #expect(try await first.value == "first")
    }
}
