import Core
import Experts
import Support
import Testing

struct LimitedExpertTests {
    @Test func holdsItsPlaceUntilTheAnswerIsRead() async throws {
        let fake = FakeExpert(concurrent: 2, replies: [.says("a")])
        let limited = LimitedExpert(fake, time: ManualTime().source)
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
        let limited = LimitedExpert(
            FakeExpert(concurrent: 1, replies: [.says("a")]), time: ManualTime().source)
        var stream: AnswerStream? = try await limited.ask(Question("?"), delivery: .streamed)
        #expect(try await stream?.nextPiece() == .text("a"))
        let next = Task { try await limited.ask(Question("?"), delivery: .streamed).nextPiece() }
        stream = nil
        #expect(try await next.value == .text("a"))
    }

    @Test func aReadOrBrokenStreamGivesItsPlaceBackThoughItIsKept() async throws {
        let fault = Fault(.expertCutOff, "fake", "broke off")
        let limited = LimitedExpert(
            FakeExpert(concurrent: 1, replies: [.says("a"), .breaks(after: ["b"], fault), .says("c")]),
            time: ManualTime().source)
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
        let limited = LimitedExpert(
            FakeExpert(concurrent: 1, replies: [.fails(fault), .says("a")]), time: ManualTime().source)
        await #expect(throws: fault) { try await limited.ask(Question("?"), delivery: .whole) }
        #expect(try await limited.ask(Question("?"), delivery: .whole).nextPiece() == .text("a"))
    }

    @Test func whoeverFindsTheQueueFullIsToldSo() async throws {
        let limited = LimitedExpert(Busy(queue: 1), time: ManualTime().source)
        let held = try await limited.ask(Question("?"), delivery: .streamed)
        let waiting = Task { try await limited.ask(Question("?"), delivery: .streamed).nextPiece() }
        while limited.load?.waiting != 1 { await Task.yield() }
        #expect(limited.load == ExpertLoad(active: 1, waiting: 1, places: 1))
        let slip = CallSlip()
        let fault = await #expect(throws: Fault.self) {
            try await CallSlip.$current.withValue(slip) { try await limited.ask(Question("?"), delivery: .streamed) }
        }
        #expect(fault?.code == .overloaded && fault?.retryAfterSeconds == 1 && !slip.facts.isSent)
        while try await held.nextPiece() != nil {}
        #expect(try await waiting.value == .text("a"))
    }

    @Test func aServerThatHasTooMuchIsAskedLessAtATime() async throws {
        let time = ManualTime()
        let busy = Fault(.expertLimited, "fake", "has too much")
        let limited = LimitedExpert(
            FakeExpert(concurrent: 8, replies: [.fails(busy), .says("a"), .says("a"), .says("a"), .says("a")]),
            time: time.source)
        await #expect(throws: busy) { try await limited.ask(Question("?"), delivery: .whole) }
        #expect(limited.load?.places == 4)
        for _ in 0..<4 { _ = try await limited.ask(Question("?"), delivery: .whole) }
        #expect(limited.load?.places == 5)
    }

    /// Answers and refusals that come at once, in any order: as many are let in as have been learned.
    @Test(.timeLimit(.minutes(1))) func whatIsLearnedIsWhatIsAllowed() async throws {
        let busy = Fault(.expertLimited, "fake", "has too much")
        for _ in 0..<50 {
            let limited = LimitedExpert(
                FakeExpert(concurrent: 8) { _, call in call == 3 ? .fails(busy) : .says("a") },
                time: ManualTime().source)
            await withTaskGroup { group in
                for _ in 0..<24 {
                    group.addTask { _ = try? await limited.ask(Question("?"), delivery: .whole) }
                }
            }
            let held = (0..<9).map { _ in Task { try await limited.ask(Question("?"), delivery: .streamed) } }
            while limited.load.map({ $0.active + $0.waiting }) != 9 { await Task.yield() }
            while limited.load.map({ $0.active == $0.places }) != true { await Task.yield() }
            for task in held { task.cancel() }
        }
    }

    @Test func aRateLimitThatIsUsedUpIsNotTried() async throws {
        let time = ManualTime()
        let limited = LimitedExpert(Telling(), time: time.source)
        _ = try await limited.ask(Question("?"), delivery: .whole)
        #expect(await limited.health() == .resting(retryAfter: .seconds(12), because: "its rate limit is used up"))
        let fault = await #expect(throws: Fault.self) { try await limited.ask(Question("?"), delivery: .whole) }
        #expect(fault?.code == .expertLimited && fault?.retryAfterSeconds == 12)
        time.advance(by: .seconds(12))
        #expect(await limited.health() == .ready)
        _ = try await limited.ask(Question("?"), delivery: .whole)
    }
}

/// One place, a short queue.
private struct Busy: Expert {
    let card: ExpertCard
    private let fake = FakeExpert(replies: [.says("a")])

    init(queue: Int) { card = ExpertCard(id: "busy", kind: .scripted, concurrent: 1, queue: queue) }

    func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
        try await fake.ask(question, delivery: delivery)
    }
}

/// Says with every answer that nothing is left for twelve seconds.
private struct Telling: Expert {
    let card = ExpertCard(id: "telling", kind: .scripted)
    private let fake = FakeExpert(replies: [.says("a")])

    func ask(_ question: Question, delivery: Delivery) async throws -> AnswerStream {
        CallSlip.current?.note { $0.allowance = RateAllowance(requests: .init(remaining: 0, resetSeconds: 12)) }
        return try await fake.ask(question, delivery: delivery)
    }
}
