import Core
import Experts
import Support
import Testing

struct LimitedExpertTests {
    @Test func holdsItsPlaceUntilTheAnswerIsRead() async throws {
        let fake = FakeExpert(concurrent: 2, replies: [.says("a")])
        let limited = LimitedExpert(fake)
        try await withThrowingTaskGroup { group in
            for _ in 0..<50 {
                group.addTask {
                    for try await _ in try await limited.ask(Question("?"), delivery: .streamed) { await Task.yield() }
                }
            }
            try await group.waitForAll()
        }
        #expect(fake.questions.count == 50)
        #expect(fake.mostOpenStreams <= 2)
    }

    @Test func aDroppedStreamGivesItsPlaceBack() async throws {
        let limited = LimitedExpert(FakeExpert(concurrent: 1, replies: [.says("a")]))
        var stream: AnswerStream? = try await limited.ask(Question("?"), delivery: .streamed)
        #expect(try await stream?.nextPiece() == .text("a"))
        let next = Task { try await limited.ask(Question("?"), delivery: .streamed).nextPiece() }
        stream = nil
        #expect(try await next.value == .text("a"))
    }

    @Test func aReadOrBrokenStreamGivesItsPlaceBackThoughItIsKept() async throws {
        let fault = Fault(.expertCutOff, "fake", "broke off")
        let limited = LimitedExpert(
            FakeExpert(concurrent: 1, replies: [.says("a"), .breaks(after: ["b"], fault), .says("c")]))
        let first = try await limited.ask(Question("?"), delivery: .streamed)
        while try await first.nextPiece() != nil {}
        let second = try await limited.ask(Question("?"), delivery: .streamed)
        _ = try await second.nextPiece()
        await #expect(throws: fault) { try await second.nextPiece() }
        #expect(try await limited.ask(Question("?"), delivery: .streamed).nextPiece() == .text("c"))
        withExtendedLifetime((first, second)) {}
    }

    @Test func aFailureToAskGivesItsPlaceBack() async throws {
        let fault = Fault(.expertFailed, "fake", "fell over")
        let limited = LimitedExpert(FakeExpert(concurrent: 1, replies: [.fails(fault), .says("a")]))
        await #expect(throws: fault) { try await limited.ask(Question("?"), delivery: .whole) }
        #expect(try await limited.ask(Question("?"), delivery: .whole).nextPiece() == .text("a"))
    }
}
