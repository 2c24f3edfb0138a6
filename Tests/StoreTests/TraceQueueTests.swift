import Core
import Store
import Support
import Testing

struct TraceQueueTests {
    /// A store whose file another connection has locked, and that waits hardly at all.
    private struct Locked {
        let folder: TemporaryFolder
        let clock = HandClock()
        let reports = Reports()
        let store: SQLiteStore
        let lock: FileLock

        init(waiting: Int = 100) async throws {
            folder = try TemporaryFolder()
            let reports = reports
            store = try SQLiteStore(
                folder.file,
                settings: StoreSettings(
                    busyTimeout: .milliseconds(1), waitingTraces: waiting, traceBatch: 10, traceTries: 3),
                time: clock.time, report: { reports.add($0) })
            lock = try await FileLock(on: folder.file)
        }

        func unlock() async throws { try await lock.release() }
    }

    @Test func triesALockedFileAgainAndThenSaysWhatWasLost() async throws {
        let locked = try await Locked()
        locked.store.keep(Samples.trace(1))
        await locked.store.flush()
        #expect(locked.store.droppedTraces == 1)
        let sentences = locked.reports.all.map(\.sentence)
        let file = locked.folder.file
        let lock = "it stayed locked by another program for 0.001 s (SQLite 5: database is locked)"
        let hint = "Stop that program (`fuser \(file)` names it), or give each its own store.path"
        #expect(
            sentences == [
                "\(file): \(lock). \(hint).",
                "\(file): a trace was not kept after 3 tries.\n  - \(file): \(lock). \(hint).",
            ])
    }

    @Test func reportsAKindOfFailureOnceAMinute() async throws {
        let locked = try await Locked()
        for _ in 0..<3 {
            locked.store.keep(Samples.trace(1))
            await locked.store.flush()
        }
        #expect(locked.reports.all.count == 2)
        locked.clock.pass(.seconds(60))
        locked.store.keep(Samples.trace(1))
        await locked.store.flush()
        #expect(locked.reports.all.count == 4)
        #expect(locked.store.droppedTraces == 4)
    }

    @Test func writesWhatWaitedOnceTheLockIsGone() async throws {
        let locked = try await Locked()
        locked.store.keep(Samples.trace(1))
        await locked.store.flush()
        try await locked.unlock()
        locked.store.keep(Samples.trace(2))
        await locked.store.flush()
        #expect(try await locked.store.traces(limit: 9).map(\.id) == ["trace-2"])
    }

    @Test func dropsTheNewestWhenTooManyWait() async throws {
        let folder = try TemporaryFolder()
        let reports = Reports()
        let store = try SQLiteStore(
            folder.file, settings: StoreSettings(waitingTraces: 5, traceBatch: 2), time: HandClock().time,
            report: { reports.add($0) })
        let lock = try await FileLock(on: folder.file)
        for number in 1...8 { store.keep(Samples.trace(number)) }
        #expect(store.droppedTraces == 3)
        try await lock.release()
        await store.flush()
        #expect(try await store.traces(limit: 9).map(\.id) == (1...5).reversed().map { "trace-\($0)" })
        #expect(
            reports.all.map(\.sentence) == [
                """
                \(folder.file): 5 traces wait to be written, so the newest is not kept. See whether the disk is slow \
                or another program writes to the file.
                """
            ])
    }

    @Test func losesOnlyTheTraceThatIsTooLarge() async throws {
        let reports = Reports()
        let store = try SQLiteStore(":memory:", time: HandClock().time, report: { reports.add($0) })
        store.keep(Samples.trace(1))
        store.keep(Samples.trace(2, text: String(repeating: "x", count: 64 * 1024 * 1024)))
        store.keep(Samples.trace(3))
        await store.flush()
        #expect(try await store.traces(limit: 9).map(\.id) == ["trace-3", "trace-1"])
        #expect(store.droppedTraces == 1)
        #expect(reports.all.map(\.code) == [.tooLarge])
    }

    @Test func writesEverythingBeforeItCloses() async throws {
        let folder = try TemporaryFolder()
        let store = try Samples.store(folder.file)
        for number in 1...2000 { store.keep(Samples.trace(number, attempts: 1)) }
        try await store.close()
        store.keep(Samples.trace(9999))
        #expect(store.droppedTraces == 1)
        let again = try Samples.store(folder.file)
        #expect(try await again.traces(limit: 5000).count == 2000)
    }

    @Test func flushesAtOnceWhenNothingWaits() async throws {
        let store = try Samples.store()
        await store.flush()
        #expect(store.droppedTraces == 0)
    }

    @Test func letsTracesGatherForAMoment() async throws {
        let time = ManualTime(.waits)
        let store = try SQLiteStore(
            ":memory:", settings: StoreSettings(traceBatch: 2), time: time.source, report: { _ in })
        store.keep(Samples.trace(1))
        #expect(try await comesTrue { time.sleeperCount == 1 })
        #expect(try await store.traces(limit: 9).isEmpty)
        #expect(try await store.trace("trace-1") != nil)
        time.advance(by: StoreSettings().traceGathering)
        #expect(try await comesTrue { try await store.traces(limit: 9).count == 1 })
        // No longer once a batch is full, or somebody waits.
        for number in 2...3 { store.keep(Samples.trace(number)) }
        #expect(try await comesTrue { try await store.traces(limit: 9).count == 3 })
        store.keep(Samples.trace(4))
        await store.flush()
        #expect(try await store.traces(limit: 9).count == 4)
    }

    /// False if it does not within half a minute.
    private func comesTrue(_ condition: () async throws -> Bool) async throws -> Bool {
        for _ in 0..<30_000 {
            if try await condition() { return true }
            try await Task.sleep(for: .milliseconds(1))
        }
        return false
    }
}
