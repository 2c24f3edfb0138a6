public import Core
public import Logging
public import ServiceLifecycle

/// Works through the batches in the background, a few side by side, oldest first; a restart goes on where the last commit
/// was.
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
    private let open: OpenBatches

    /// - Parameter asker: whom a client key's id stands for; nil if it does not count any more.
    public init(
        store: any BatchStore, service: any BatchService, embedders: EmbedderShelf, time: TimeSource, logger: Logger,
        asker: @escaping @Sendable (String) -> Asker? = { _ in nil }
    ) {
        self.asker = asker
        self.store = store
        open = OpenBatches(store)
        self.service = service
        self.embedders = embedders
        self.time = time
        self.logger = logger
        (bell, rung) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Says that there is something to do, or to give up.
    package func ring() { rung.yield() }

    public func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            await withDiscardingTaskGroup { group in
                group.addTask {
                    while (try? await self.time.sleep(for: Self.round)) != nil { self.ring() }
                }
                ring()
                for await _ in bell {
                    for batch in await taken() {
                        group.addTask { if await self.carry(batch) { self.ring() } }
                    }
                }
                group.cancelAll()
            }
        }
    }

    /// Does everything there is to do now.
    package func work() async {
        await withTaskGroup(of: Bool.self) { group in
            for batch in await taken() { group.addTask { await self.carry(batch) } }
            while let hasMoved = await group.next() {
                guard hasMoved else { continue }
                for batch in await taken() { group.addTask { await self.carry(batch) } }
            }
        }
    }

    private func taken() async -> [Batch] {
        do {
            return Task.isCancelled ? [] : try await open.take()
        } catch {
            tell(error)
            return []
        }
    }

    /// Brings a batch one step further, and gives it back; false if it has to wait, or this process is to stop.
    private func carry(_ listed: Batch) async -> Bool {
        defer { open.giveBack(listed.id) }
        do {
            // It may have come further between the list and here.
            guard let batch = try await store.batch(listed.id), batch.status == listed.status else { return true }
            try await advance(batch)
            return !Task.isCancelled
        } catch {
            tell(error)
            return false
        }
    }

    private func tell(_ error: any Error) {
        guard !(error is CancellationError) else { return }
        let fault = error as? Fault
        logger.warning("batches wait: \(fault?.sentence ?? "an error of type \(type(of: error))")")
    }

    private func advance(_ batch: Batch) async throws {
        switch batch.status {
        case .validating: try await validate(batch)
        case .inProgress: while try await answer(batch), !Task.isCancelled {}
        case .cancelling: try await finish(batch, as: .cancelled)
        case .finalizing: try await finish(batch, as: .completed)
        case .failed, .completed, .expired, .cancelled: break
        }
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

    /// Answers the next lines; false if there are none, or nobody answers them any more.
    private func answer(_ batch: Batch) async throws -> Bool {
        // Nobody is asked for answers that could not be kept.
        guard try await store.change(batch.id, { _ in })?.status == .inProgress else { return false }
        guard time.timestamp() < batch.expiresAt else {
            try await store.closeLines(of: batch.id) { line in
                BatchWork.unanswered(
                    line, of: batch.id, code: "batch_expired",
                    "This line was not answered within the batch's completion window.")
            }
            try await finish(batch, as: .expired)
            return false
        }
        let asker = batch.key.flatMap(asker)
        guard batch.key == nil || asker != nil else {
            try await store.closeLines(of: batch.id) { line in
                BatchWork.unanswered(
                    line, of: batch.id, code: "invalid_api_key",
                    "The key that made this batch was revoked or has expired.")
            }
            try await finish(batch, as: .expired)
            return false
        }
        let lines = try await store.openLines(of: batch.id, limit: Self.window)
        guard !lines.isEmpty else {
            let at = time.timestamp()
            _ = try await store.change(batch.id) { batch in
                if batch.status == .inProgress { batch.reach(.finalizing, at: at) }
            }
            return false
        }
        await Asker.$current.withValue(asker) { await answer(lines, of: batch) }
        return true
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
        open.note(task, of: batch.id)
        // It may have been cancelled before anybody could know whom to interrupt.
        if (try? await store.batch(batch.id))?.status == .cancelling { task.cancel() }
        await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        open.note(nil, of: batch.id)
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
