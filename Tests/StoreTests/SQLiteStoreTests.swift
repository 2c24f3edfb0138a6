import Core
import Foundation
import Store
import Testing

struct SQLiteStoreTests {
    // The files are copied while the store is open, nothing closed: what a killed process leaves.
    @Test func losesNothingCommittedWhenTheProcessIsKilled() async throws {
        let (folder, copy) = (try TemporaryFolder(), try TemporaryFolder())
        let store = try Samples.store(folder.file)
        try await store.start(Samples.run("r"))
        let answers = (0..<300).map { Samples.runAnswer("q\($0)", seat: 0, text: Samples.hardText) }
        for answer in answers { try await store.keep(answer, in: "r") }
        store.keep(Samples.trace(1))
        await store.flush()
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: folder.file + suffix, toPath: copy.file + suffix)
        }
        let revived = try Samples.store(copy.file)
        #expect(try await revived.answers(in: "r") == answers)
        #expect(try await revived.trace("trace-1") == Samples.trace(1))
        try await revived.keep(Samples.runAnswer("q300", seat: 0, text: "on"), in: "r")
        #expect(try await revived.answers(in: "r").count == 301)
        withExtendedLifetime(store) {}
    }

    @Test func dropsAnUnfinishedWriteWhenTheProcessIsKilled() async throws {
        let (folder, copy) = (try TemporaryFolder(), try TemporaryFolder())
        let store = try Samples.store(folder.file)
        try await store.start(Samples.run("r"))
        try await store.keep(Samples.runAnswer("q1", seat: 0, text: "kept"), in: "r")
        let wal = URL(fileURLWithPath: folder.file + "-wal")
        let whole = try Data(contentsOf: wal)
        try await store.keep(Samples.runAnswer("q2", seat: 0, text: Samples.hugeText), in: "r")
        let longer = try Data(contentsOf: wal)
        try FileManager.default.copyItem(atPath: folder.file, toPath: copy.file)
        try longer.prefix(whole.count + (longer.count - whole.count) / 2)
            .write(to: URL(fileURLWithPath: copy.file + "-wal"))
        #expect(try await Samples.store(copy.file).answers(in: "r").map(\.question) == ["q1"])
    }

    @Test func servesManyWritersAndReadersAtOnce() async throws {
        let folder = try TemporaryFolder()
        let store = try Samples.store(folder.file)
        try await store.start(Samples.run("r"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                group.addTask {
                    for seat in 0..<4 {
                        try await store.keep(Samples.runAnswer("q\(number)", seat: seat, text: "x"), in: "r")
                        try await store.countVisit(of: "a", in: "r", seconds: 1)
                        store.keep(Samples.trace(number * 4 + seat))
                    }
                }
                group.addTask {
                    for _ in 0..<4 {
                        _ = try await store.answers(in: "r")
                        _ = try await store.traces(limit: 10)
                    }
                }
            }
            try await group.waitForAll()
        }
        await store.flush()
        #expect(try await store.answers(in: "r").count == 200)
        #expect(try await store.visits(in: "r") == [RunVisits(expert: "a", count: 200, seconds: 200)])
        #expect(try await store.traces(limit: 1000).count == 200)
        #expect(store.droppedTraces == 0)
    }

    @Test func saysWhichFileIsLockedAndStillReads() async throws {
        let folder = try TemporaryFolder()
        let store = try Samples.store(folder.file, settings: StoreSettings(busyTimeout: .milliseconds(20)))
        try await store.choose("1", for: "k")
        let lock = try await FileLock(on: folder.file)
        let found = await fault { try await store.choose("2", for: "k") }
        #expect(found?.code == .storeLocked)
        #expect(
            found?.sentence == """
                \(folder.file): it stayed locked by another program for 0.02 s (SQLite 5: database is locked). Stop \
                that program (`fuser \(folder.file)` names it), or give each its own store.path.
                """)
        #expect(try await store.choice("k") == "1")
        try await lock.release()
        try await store.choose("3", for: "k")
        #expect(try await store.choice("k") == "3")
    }

    @Test func waitsForALockThatEnds() async throws {
        let folder = try TemporaryFolder()
        let store = try Samples.store(folder.file)
        let lock = try await FileLock(on: folder.file)
        async let written: Void = store.choose("1", for: "k")
        try await Task.sleep(for: .milliseconds(30))
        try await lock.release()
        try await written
        #expect(try await store.choice("k") == "1")
    }

    @Test func saysThatAStoreOpenedForReadingIsNotWritten() async throws {
        let folder = try TemporaryFolder()
        try await Samples.store(folder.file).close()
        let reports = Reports()
        let store = try SQLiteStore(
            folder.file, settings: StoreSettings(access: .read), time: HandClock().time, report: { reports.add($0) })
        let sentence = """
            \(folder.file): it can be read but not written. Make the file and its folder writable for this user, or \
            set store.path to another place.
            """
        #expect(await fault { try await store.choose("1", for: "k") }?.sentence == sentence)
        store.keep(Samples.trace(1))
        await store.flush()
        #expect(reports.all.map(\.code) == [.storeReadOnly])
        #expect(store.droppedTraces == 1)
    }

    @Test func readsOnWhenTheMediumBecomesReadOnly() async throws {
        let store = try Samples.store()
        try await store.choose("1", for: "k")
        try await store.refuseWrites(true)
        let found = await fault { try await store.choose("2", for: "k") }
        #expect(found?.code == .storeReadOnly)
        #expect(found?.found.hasSuffix("(SQLite 8: attempt to write a readonly database)") == true)
        #expect(try await store.choice("k") == "1")
    }

    @Test func keepsWhatItHasWhenTheDiskIsFull() async throws {
        let folder = try TemporaryFolder()
        let store = try Samples.store(folder.file)
        try await store.choose("1", for: "k")
        try await store.limitPages(to: 1)
        let found = await fault { try await store.choose(Samples.hugeText, for: "k") }
        #expect(found?.code == .storeFull)
        #expect(found?.found == "there is no room left to write (SQLite 13: database or disk is full)")
        #expect(found?.expected?.wholeMatch(of: /Its disk has \d+ MB free/) != nil)
        #expect(try await store.choice("k") == "1")
        try await store.limitPages(to: 1_000_000)
        try await store.choose("2", for: "k")
        #expect(try await store.choice("k") == "2")
    }

    @Test func keepsAllOfASetOfMarksOrNone() async throws {
        let store = try Samples.store()
        try await store.limitPages(to: 1)
        let marks = (0..<5000).map { Samples.mark("a", "question \($0)", isRight: true, at: 1) }
        #expect(await fault { try await store.add(marks) }?.code == .storeFull)
        #expect(try await store.marks().isEmpty)
    }

    @Test func isStillThereAfterClosingAndOpening() async throws {
        let folder = try TemporaryFolder()
        let store = try Samples.store(folder.file)
        try await store.add("x", definition: "{}")
        try await store.close()
        let again = try Samples.store(folder.file)
        #expect(try await again.definitions().map(\.id) == ["x"])
    }

    @Test func throwsAFaultAfterClosing() async throws {
        let store = try Samples.store()
        try await store.close()
        try await store.close()
        let sentence = ":memory:: it was closed before this call. Open the store again."
        #expect(await fault { _ = try await store.choice("k") }?.sentence == sentence)
        #expect(await fault { try await store.choose("1", for: "k") }?.sentence == sentence)
    }

    @Test func closesUnderNobody() async throws {
        let folder = try TemporaryFolder()
        for _ in 0..<20 {
            let store = try Samples.store(folder.file)
            let outcomes = await withTaskGroup(of: Fault?.self) { group in
                for number in 0..<20 {
                    group.addTask { await fault { try await store.choose("1", for: "\(number)") } }
                    group.addTask { await fault { _ = try await store.choice("1") } }
                }
                group.addTask { await fault { try await store.close() } }
                return await group.reduce(into: [Fault]()) { if let fault = $1 { $0.append(fault) } }
            }
            #expect(outcomes.allSatisfy { $0.found == "it was closed before this call" })
        }
    }
}
