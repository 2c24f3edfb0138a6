import Dispatch
import Engine
import Support
import Testing

/// Several answers made at once: each is what it would be alone, and giving one up makes room.
struct GenerationLoopTests {
    /// Holds the loop up when it admits the first answer, until all requests are there: then they are made together.
    private struct Gate: Sendable {
        private let semaphore = DispatchSemaphore(value: 0)

        func open() { semaphore.signal() }

        var now: @Sendable () -> ContinuousClock.Instant {
            { [semaphore] in
                semaphore.wait()
                semaphore.signal()
                return ContinuousClock.now
            }
        }
    }

    /// Prompts of which one is longer than a pass, one longer than what is read beside answers, the others short.
    private static let prompts =
        [600, 3, 150, 12, 40].map { count in (0..<count).map { String(($0 * $0 + count) % 10) }.joined() }

    /// Law: an answer does not depend on what else is made, on the slots, nor on the threads.
    @Test(arguments: [(slots: 1, threads: 1), (2, 1), (2, 2), (5, 2), (8, 1)])
    func answersMadeTogetherAreThoseMadeAlone(slots: Int, threads: Int) async throws {
        let writer = try TinyWriter()
        let requests = try Self.prompts.enumerated().map { index, prompt in
            try writer.letters(20 + 7 * index, after: prompt, seed: UInt64(index))
        }
        let gate = Gate()
        let generator = try writer.generator(slots: slots, threads: threads, now: gate.now)
        defer { generator.close() }
        let streams = try requests.map { try generator.answer(to: $0) }
        gate.open()
        for (stream, request) in zip(streams, requests) {
            let found = try await WrittenAnswer(stream)
            let alone = try await writer.alone(request)
            #expect(found.tokens == alone.tokens && found.text == alone.text && found.reason == alone.reason)
            #expect(found.tokens.count == request.mostTokens)
        }
        #expect(generator.waiting == 0)
    }

    /// With one slot the second answer comes only if the first, which nobody would wait for, is left.
    @Test(.timeLimit(.minutes(1))) func givingUpAnAnswerFreesItsSlot() async throws {
        let writer = try TinyWriter(context: 200_000)
        let generator = try writer.generator()
        defer { generator.close() }
        var endless = try writer.letters(1, after: "For ever")
        endless.mostTokens = nil
        for round in 0..<3 {
            try await Self.readOne(of: generator.answer(to: endless))
            let next = try writer.letters(5, after: "And now?", seed: UInt64(round))
            #expect(try await WrittenAnswer(generator.answer(to: next)).tokens == writer.alone(next).tokens)
        }
    }

    /// Dropped when nothing of it is read yet: one that has a slot, and one that waits for it.
    @Test(.timeLimit(.minutes(1))) func givingUpBeforeTheFirstTokenFreesTheSlotToo() async throws {
        let writer = try TinyWriter(context: 200_000)
        let gate = Gate()
        let generator = try writer.generator(now: gate.now)
        defer { generator.close() }
        let long = try writer.letters(5, after: String(repeating: "long ", count: 30_000))
        do { _ = try (generator.answer(to: long), generator.answer(to: long)) }
        gate.open()
        let next = try writer.letters(5, after: "And now?")
        #expect(try await WrittenAnswer(generator.answer(to: next)).tokens == writer.alone(next).tokens)
    }

    @Test(.timeLimit(.minutes(1))) func cancellingTheReaderEndsTheAnswer() async throws {
        let writer = try TinyWriter(context: 200_000)
        let generator = try writer.generator()
        defer { generator.close() }
        var endless = try writer.letters(1, after: "For ever")
        endless.mostTokens = nil
        let stream = try generator.answer(to: endless)
        let reader = Task { try await WrittenAnswer(stream) }
        reader.cancel()
        #expect(try await reader.value.reason == nil)
        let next = try writer.letters(5, after: "And now?")
        #expect(try await WrittenAnswer(generator.answer(to: next)).tokens.count == 5)
    }

    @Test(.timeLimit(.minutes(1))) func closingRefusesWhatIsInTheMakingAndWhatWaits() async throws {
        let writer = try TinyWriter(context: 200_000)
        let generator = try writer.generator()
        var endless = try writer.letters(1, after: "For ever")
        endless.mostTokens = nil
        let streams = try [generator.answer(to: endless), generator.answer(to: endless)]
        generator.close()
        for stream in streams {
            await #expect(throws: GenerationRefusal.closed) { _ = try await WrittenAnswer(stream) }
        }
    }

    private static func readOne(of stream: AsyncThrowingStream<GenerationEvent, any Error>) async throws {
        for try await _ in stream { return }
    }
}
