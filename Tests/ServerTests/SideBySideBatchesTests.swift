import Core
import Logging
import Server
import Support
import Testing

/// Several batches at once.
@Suite(.timeLimit(.minutes(5)))
struct SideBySideBatchesTests {
    /// Answers the lines of every batch but slow ones, whose lines wait for a latch.
    private struct Desk: BatchService {
        let slow: Latch

        func together(
            _ lines: [BatchLine], of batch: String,
            _ work: @escaping @Sendable (BatchLine, any AnswerService) async -> Void
        ) async {
            for line in lines {
                if line.customID == "slow" { try? await slow.wait() }
                guard !Task.isCancelled else { return }
                await work(line, ScriptedService())
            }
        }
    }

    private let shelf = BatchShelf()
    private let slow = Latch()
    private let runner: BatchRunner

    init() {
        runner = BatchRunner(
            store: shelf, service: Desk(slow: slow), embedders: EmbedderShelf(), time: ManualTime(.waits).source,
            logger: LogLines().logger)
    }

    /// Makes a batch of one line.
    private func begin(_ name: String, _ line: String) async throws -> String {
        let content =
            line.isEmpty
            ? ""
            : #"{"custom_id": "\#(line)", "method": "POST", "url": "/v1/chat/completions", "body": \#(Samples.chat())}"#
        let now = ManualTime.start
        try await shelf.add(
            StoredFile(
                id: "file-" + name, name: name, purpose: "batch", bytes: content.utf8.count, createdAt: now),
            content: Array(content.utf8))
        let batch = Batch(
            id: "batch_" + name, endpoint: "/v1/chat/completions", inputFile: "file-" + name, window: "24h",
            createdAt: now, expiresAt: Timestamp(microseconds: now.microseconds + 86_400_000_000))
        return try await shelf.add(batch, key: nil).id
    }

    private func cancel(_ id: String) async throws {
        _ = try await shelf.change(id) { $0.reach(.cancelling, at: ManualTime.start) }
        runner.ring()
    }

    private func status(_ id: String) async throws -> Batch.Status? { try await shelf.batch(id)?.status }

    /// Runs while `work` lasts.
    private func running(_ work: () async throws -> Void) async throws {
        let run = Task { [runner] in try await runner.run() }
        defer { run.cancel() }
        try await work()
        slow.open()
        run.cancel()
        _ = await run.result
    }

    @Test func aQuickBatchDoesNotWaitForASlowOne() async throws {
        let first = try await begin("a", "slow")
        try await running {
            try await eventually { try await status(first) == .inProgress }
            let second = try await begin("b", "quick")
            let wrong = try await begin("c", "")
            runner.ring()
            try await eventually { try await status(second) == .completed }
            try await eventually { try await status(wrong) == .failed }
            #expect(try await status(first) == .inProgress)
        }
    }

    @Test func cancellingAndReadingNeverWaitForAnswers() async throws {
        try await running {
            var slow: [String] = []
            for number in 0..<6 { slow.append(try await begin("s\(number)", "slow")) }
            runner.ring()
            // More than are answered side by side, and all were read.
            for id in slow { try await eventually { try await status(id) == .inProgress } }
            // One that is being answered, and one that waits for its turn.
            for id in [slow[0], slow[5]] {
                try await cancel(id)
                try await eventually { try await status(id) == .cancelled }
            }
            #expect(try await status(slow[1]) == .inProgress)
            self.slow.open()
            for id in slow[1...4] { try await eventually { try await status(id) == .completed } }
            #expect(try await status(slow[0]) == .cancelled)
        }
    }

    @Test func openBatchesAreFoundBehindManyThatAreOver() async throws {
        let first = try await begin("first", "quick")
        for number in 0..<120 {
            let id = try await begin("n\(number)", "quick")
            _ = try await shelf.change(id) { $0.reach(.completed, at: ManualTime.start) }
        }
        let last = try await begin("last", "quick")
        await runner.work()
        #expect(try await status(first) == .completed)
        #expect(try await status(last) == .completed)
        #expect(shelf.results(of: "batch_n0").isEmpty)
    }

    @Test func severalRunsOfWorkLeaveNothingHeld() async throws {
        for name in ["a", "b", "c", "d", "e", "f"] { _ = try await begin(name, "quick") }
        await runner.work()
        let late = try await begin("late", "quick")
        await runner.work()
        #expect(try await status(late) == .completed)
    }
}
