import Core
import GRDB
import Store
import Testing

struct StoreFaultsTests {
    private let faults = StoreFaults("m.sqlite", busyTimeout: .seconds(5), freeBytes: { 1_234_567 })
    private let broken = """
        Nothing was deleted. Restore a copy, or move the file away to begin anew; `sqlite3 m.sqlite .recover` may save \
        what is in it.
        """

    @Test(arguments: [Int32(5), 6, 261, 517])
    func explainsALock(code: Int32) {
        let found = faults.fault(code: code, message: "database is locked")
        #expect(found.code == .storeLocked)
        #expect(
            found.sentence == """
                m.sqlite: it stayed locked by another program for 5.0 s (SQLite \(code): database is locked). Stop \
                that program (`fuser m.sqlite` names it), or give each its own store.path.
                """)
    }

    @Test func explainsAFileThatCannotBeWritten() {
        let found = faults.fault(code: 8, message: "attempt to write a readonly database")
        #expect(found.code == .storeReadOnly)
        #expect(
            found.sentence == """
                m.sqlite: it can be read but not written (SQLite 8: attempt to write a readonly database). Make the \
                file and its folder writable for this user, or set store.path to another place.
                """)
    }

    @Test(arguments: [Int32(13), 4874])
    func explainsAFullDisk(code: Int32) {
        let found = faults.fault(code: code, message: "database or disk is full")
        #expect(found.code == .storeFull)
        #expect(
            found.sentence == """
                m.sqlite: there is no room left to write (SQLite \(code): database or disk is full). Its disk has 1 MB \
                free. Make room on the disk, or lower store.keep_traces.
                """)
    }

    @Test func explainsWhatIsNoDatabase() {
        let found = faults.fault(code: 26, message: "file is not a database")
        #expect(found.code == .storeBroken)
        #expect(
            found.sentence
                == "m.sqlite: it is damaged, or no SQLite database (SQLite 26: file is not a database). \(broken)")
    }

    @Test func explainsAnyOtherErrorWithItsNumber() {
        let found = faults.fault(code: 266, message: "disk I/O error")
        #expect(found.code == .storeBroken)
        #expect(found.sentence == "m.sqlite: SQLite could not use it (SQLite 266: disk I/O error). \(broken)")
    }

    @Test func explainsAValueThatIsTooLarge() {
        let found = faults.fault(code: 18, message: "string or blob too big")
        #expect(
            found.sentence == """
                m.sqlite: a value is too large to be kept (SQLite 18: string or blob too big). Keep shorter texts.
                """)
        #expect(found.code == .tooLarge)
    }

    @Test func explainsARowThatSomebodyEdited() async throws {
        let folder = try TemporaryFolder()
        let store = try Samples.store(folder.file)
        store.keep(Samples.trace(1))
        try await store.start(Samples.run("r"))
        await store.flush()
        let other = try DatabaseQueue(path: folder.file)
        try await other.write { db in
            try db.execute(sql: "UPDATE traces SET body = '{\"id\": 3}'")
            try db.execute(sql: "UPDATE runs SET seed = 'x', state = 'lost'")
        }
        let trace = await fault { _ = try await store.traces(limit: 1) }
        #expect(trace?.code == .storeBroken)
        #expect(trace?.found == "trace trace-1 holds something that Muster did not write there")
        let run = await fault { _ = try await store.run("r") }
        #expect(run?.found == "column seed of run r holds something that Muster did not write there")
        try await other.write { try $0.execute(sql: "UPDATE runs SET seed = '1'") }
        let state = await fault { _ = try await store.run("r") }
        #expect(state?.found == "column state holds something that Muster did not write there")
    }

    @Test func neverShowsTheValuesOfAStatement() async throws {
        let folder = try TemporaryFolder()
        let store = try Samples.store(folder.file)
        let other = try DatabaseQueue(path: folder.file)
        try await other.write { try $0.execute(sql: "DROP TABLE choices") }
        let found = await fault { try await store.choose("secret-value", for: "secret-key") }
        #expect(found?.found == "SQLite could not use it (SQLite 1: no such table: choices)")
        #expect(found.map { "\($0)" }?.contains("secret") == false)
    }
}
