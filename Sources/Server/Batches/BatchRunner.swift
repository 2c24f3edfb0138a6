public import Core
public import Logging
public import ServiceLifecycle
import Synchronization

/// Works through the batches in the background, one after the other, oldest first; a restart goes on where the last
/// commit was.
public final class BatchRunner: Service, CustomStringConvertible {
    /// Lines that are answered together: within them each expert is visited once.
    static let window = 1_000
    /// How often the store is looked at without being rung for: another process may have been here.
    private static let round = Duration.seconds(30)

    public let description = "batches"
    let store: any BatchStore
    private let service: any BatchService
    private let embedders: EmbedderShelf
    /// Whom a key's id stands for; nil if it does not count any more.
    private let asker: @Sendable (String) -> Asker?
    private let time: TimeSource
    private let logger: Logger
    private let bell: AsyncStream<Void>
    private let rung: AsyncStream<Void>.Continuation
    /// The batch whose lines are being answered.
    private let current = Mutex<(id: String, task: Task<Void, Never>)?>(nil)

    /// - Parameter asker: whom a client key's id stands for; nil if it does not count any more.
    public init(
        store: any BatchStore, service: any BatchService, embedders: EmbedderShelf, time: TimeSource, logger: Logger,
        asker: @escaping @Sendable (String) -> Asker? = { _ in nil }
    ) {
        self.asker = asker
        self.store = store
        self.service = service
        self.embedders = embedders
        self.time = time
        self.logger = logger
        (bell, rung) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Says that there is something to do, or to give up.
    func ring() {
        rung.yield()
        guard let current = current.withLock({ $0 }) else { return }
        Task {
            // Only a batch that is to be cancelled is interrupted.
            guard (try? await store.batch(current.id))?.status == .cancelling else { return }
            current.task.cancel()
        }
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            let clock = Task {
                while (try? await time.sleep(for: Self.round)) != nil { rung.yield() }
            }
            defer { clock.cancel() }
            await work()
            for await _ in bell { await work() }
        }
    }

    /// Does everything there is to do now.
    package func work() async {
        do {
            while !Task.isCancelled, let batch = try await store.nextOpenBatch() {
                guard try await advance(batch) else { return }
            }
        } catch is CancellationError {
        } catch {
            let fault = error as? Fault
            logger.warning("batches wait: \(fault?.sentence ?? "an error of type \(type(of: error))")")
        }
    }

    /// Brings a batch one step further; false if this process is to stop.
    private func advance(_ batch: Batch) async throws -> Bool {
        switch batch.status {
        case .validating: try await validate(batch)
        case .inProgress: return try await answer(batch)
        case .cancelling:
            try await finish(batch, as: .cancelled)
        case .finalizing: try await finish(batch, as: .completed)
        case .failed, .completed, .expired, .cancelled: break
        }
        return true
    }

    private func validate(_ batch: Batch) async throws {
        var bytes: [UInt8] = []
        var place: Int?
        repeat {
            guard let part = try await store.content(of: batch.inputFile, from: place) else { break }
            bytes += part.bytes
            place = part.next
        } while place != nil
        let reading = BatchReading(bytes, endpoint: batch.endpoint)
        if reading.problems.isEmpty { try await store.add(reading.lines, to: batch.id) }
        let at = time.timestamp()
        _ = try await store.change(batch.id) { batch in
            guard batch.status == .validating else { return }
            batch.problems = reading.problems
            batch.counts.total = reading.problems.isEmpty ? reading.lines.count : 0
            batch.reach(reading.problems.isEmpty ? .inProgress : .failed, at: at)
        }
    }

    private func answer(_ batch: Batch) async throws -> Bool {
        guard time.timestamp() < batch.expiresAt else {
            try await store.closeLines(of: batch.id) { line in
                BatchWork.unanswered(
                    line, of: batch.id, code: "batch_expired",
                    "This line was not answered within the batch's completion window.")
            }
            try await finish(batch, as: .expired)
            return true
        }
        let asker = batch.key.flatMap(asker)
        guard batch.key == nil || asker != nil else {
            try await store.closeLines(of: batch.id) { line in
                BatchWork.unanswered(
                    line, of: batch.id, code: "invalid_api_key",
                    "The key that made this batch was revoked or has expired.")
            }
            try await finish(batch, as: .expired)
            return true
        }
        // Nobody is asked for answers that could not be kept.
        _ = try await store.change(batch.id) { _ in }
        let lines = try await store.openLines(of: batch.id, limit: Self.window)
        guard !lines.isEmpty else {
            let at = time.timestamp()
            _ = try await store.change(batch.id) { batch in
                if batch.status == .inProgress { batch.reach(.finalizing, at: at) }
            }
            return true
        }
        await Asker.$current.withValue(asker) { await answer(lines, of: batch) }
        return !Task.isCancelled
    }

    private func answer(_ lines: [BatchLine], of batch: Batch) async {
        let work = BatchWork(embedders: embedders, endpoint: batch.endpoint, batch: batch.id)
        let round = BatchRound()
        let keep = { @Sendable [store, logger] (line: BatchLine, result: BatchWork.Result) in
            do {
                try await store.keep(result.line, failed: result.hasFailed, of: line.index, in: batch.id)
            } catch is CancellationError {
            } catch {
                // The line stays open and is asked again.
                logger.warning("a line of a batch was not kept: \((error as? Fault)?.sentence ?? "unknown error")")
            }
        }
        let task = Task { [service, time] in
            await service.together(lines, of: batch.id) { line, service in
                guard let result = try? await work.result(of: line, by: service), round.isFinal(result, of: line)
                else { return }
                await keep(line, result)
            }
            for (line, result) in round.refusals { await keep(line, result) }
            if let pause = round.pause { try? await time.sleep(for: pause) }
        }
        current.withLock { $0 = (batch.id, task) }
        // It may have been cancelled before anybody could know whom to interrupt.
        if (try? await store.batch(batch.id))?.status == .cancelling { task.cancel() }
        await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        current.withLock { $0 = nil }
    }

    private func finish(_ batch: Batch, as status: Batch.Status) async throws {
        let at = time.timestamp()
        let name = batch.id.dropFirst("batch_".count)
        let output = StoredFile(
            id: "file-\(name)-output", name: "\(batch.id)_output.jsonl", purpose: "batch_output", bytes: 0,
            createdAt: at)
        let errors = StoredFile(
            id: "file-\(name)-errors", name: "\(batch.id)_error.jsonl", purpose: "batch_output", bytes: 0,
            createdAt: at)
        let made = try await store.makeFiles(of: batch.id, output: output, errors: errors)
        _ = try await store.change(batch.id) { batch in
            batch.outputFile = made.output ? output.id : nil
            batch.errorFile = made.errors ? errors.id : nil
            batch.reach(status, at: at)
        }
    }
}
