import Core
import HTTPTypes
import Logging
import Server
import Support
import Synchronization
import Testing

/// The lines of a client key's batch, and what the key may take.
@Suite(.timeLimit(.minutes(1)))
struct BatchRoundTests {
    /// Runs each line as it is, and notes in whose name.
    private final class OneByOne: BatchService {
        private let answer: @Sendable (Int) -> (any Error)?
        private let state = Mutex((calls: 0, rounds: 0, askers: [String?]()))

        /// - Parameter answer: the failure of call number 0, 1 …; nil for an answer.
        init(_ answer: @escaping @Sendable (Int) -> (any Error)?) { self.answer = answer }

        var calls: Int { state.withLock { $0.calls } }
        var rounds: Int { state.withLock { $0.rounds } }
        var askers: [String?] { state.withLock { $0.askers } }

        func together(
            _ lines: [BatchLine], of batch: String,
            _ work: @escaping @Sendable (BatchLine, any AnswerService) async -> Void
        ) async {
            state.withLock { $0.rounds += 1 }
            for line in lines {
                let call = state.withLock { state in
                    defer { state.calls += 1 }
                    state.askers.append(Asker.current?.key)
                    return state.calls
                }
                await work(line, ScriptedService(refusal: answer(call)))
            }
        }
    }

    private let shelf = BatchShelf()
    private let time = ManualTime()

    /// Runs a batch of so many lines in the name of the key `k`, and returns its results.
    private func run(_ lines: Int, _ service: OneByOne) async throws -> [String?] {
        let content = (0..<lines).map {
            #"{"custom_id": "\#($0)", "method": "POST", "url": "/v1/chat/completions", "body": \#(Samples.chat())}"#
        }.joined(separator: "\n")
        let now = time.source.timestamp()
        try await shelf.add(
            StoredFile(id: "file-1", name: "q", purpose: "batch", bytes: content.utf8.count, createdAt: now),
            content: Array(content.utf8))
        var batch = Batch(
            id: "batch_1", endpoint: "/v1/chat/completions", inputFile: "file-1", window: "24h", createdAt: now,
            expiresAt: Timestamp(microseconds: now.microseconds + 86_400_000_000))
        batch.key = "k"
        _ = try await shelf.add(batch, key: nil)
        await BatchRunner(
            store: shelf, service: service, embedders: EmbedderShelf(), time: time.source, logger: LogLines().logger,
            asker: { Asker(key: $0, name: "web") }
        ).work()
        return shelf.results(of: "batch_1")
    }

    private static func isAnswered(_ result: String?) -> Bool { result?.contains(#""status_code":200"#) ?? false }

    @Test func everyLineIsAskedInTheNameOfTheKey() async throws {
        let service = OneByOne { _ in nil }
        #expect(try await run(3, service).allSatisfy(Self.isAnswered))
        #expect(service.askers == ["k", "k", "k"])
    }

    @Test func aLineThatMeetsTheRateWaitsForTheNextRound() async throws {
        let limited = Fault(.rateLimited, "key web", "it may take 9 tokens a minute", retryAfterSeconds: 42)
        // The first round: one answer, then the rate is met twice.
        let service = OneByOne { [1, 2].contains($0) ? limited : nil }
        #expect(try await run(3, service).allSatisfy(Self.isAnswered))
        #expect(service.rounds == 2 && service.calls == 5)
        #expect(time.sleeps == [.seconds(42)])
    }

    @Test func aLineThatAnExpertHasNoRoomForWaitsForTheNextRound() async throws {
        let full = Fault(.overloaded, "general", "4 questions wait for one of its places", retryAfterSeconds: 1)
        let service = OneByOne { $0 == 1 ? full : nil }
        #expect(try await run(3, service).allSatisfy(Self.isAnswered))
        #expect(service.rounds == 2 && time.sleeps == [.seconds(1)])
    }

    @Test func aRefusedLineIsTriedAgainAsLongAsOthersGetThrough() async throws {
        let empty = Fault(.quotaUsedUp, "key web", "its budget is used up")
        // Round one: answered, refused, refused. Round two: answered, refused. Round three: refused, for good.
        let service = OneByOne { [1, 2, 4, 5].contains($0) ? empty : nil }
        let results = try await run(3, service)
        #expect(results.map(Self.isAnswered) == [true, true, false])
        #expect(results[2]?.contains(#""code":"insufficient_quota""#) == true)
        #expect(service.rounds == 3 && service.calls == 6)
    }
}
