public import Core
import GRDB

/// Keeps everything that must outlive the process (profiles' evidence, traces, benchmark runs) in one SQLite file.
///
/// What has been committed survives the end of the process, also by `kill -9`. A power cut is another matter: the file
/// is written with `synchronous = NORMAL` in WAL mode, so the last commits may then be missing, though the file stays
/// whole (sqlite.org/pragma.html#pragma_synchronous).
///
/// Every error of SQLite reaches callers as a `Fault` that keeps SQLite's number and message.
public final class SQLiteStore: Sendable {
    /// True if the file can only be read: reads succeed, writes throw `storeReadOnly`.
    public let isReadOnly: Bool
    let database: any DatabaseWriter
    let faults: StoreFaults
    let time: TimeSource
    let traceQueue: TraceQueue
    private let door = StoreDoor()

    /// Opens a store, makes it if there is none, and brings its tables up to date.
    ///
    /// - Parameters:
    ///   - path: a file, made with permissions 0600 together with its folder; `:memory:` keeps nothing.
    ///   - report: hears of traces that could not be written; once a minute for each kind of failure.
    /// - Throws: a `Fault`: `storeLocked`, `storeNewer`, `storeBroken`, `storeReadOnly`, `storeFull`, or
    ///   `unreadableFile` if it is to be read and is not there.
    public init(
        _ path: String, settings: StoreSettings = StoreSettings(), time: TimeSource,
        report: @escaping @Sendable (Fault) -> Void
    ) throws {
        let faults = StoreFaults(path, busyTimeout: settings.busyTimeout)
        let opened = try faults.translating { try StoreOpening(path, settings: settings, faults: faults).opened() }
        let database = opened.database
        let isReadOnly = opened.isReadOnly
        self.database = database
        self.isReadOnly = isReadOnly
        self.faults = faults
        self.time = time
        traceQueue = TraceQueue(settings: settings, faults: faults, time: time, report: report) { rows in
            if isReadOnly { throw faults.readOnly() }
            try await database.write { for row in rows { try row.insert(into: $0) } }
        }
    }

    /// Writes the traces that still wait, lets the calls under way end, and closes the file. A call after this throws a
    /// `Fault`; closing again does nothing.
    public func close() async throws {
        await traceQueue.close()
        guard await door.shut() else { return }
        try faults.translating { try database.close() }
    }

    /// Reads in a snapshot of the database; readers do not wait for the writer.
    func read<Value: Sendable>(_ work: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await door.through(else: faults.closed()) { try await database.read(work) }
        } catch {
            throw faults.translated(error)
        }
    }

    /// Writes in one transaction, committed when this returns. A caller that is cancelled meanwhile still has its
    /// value kept: what an expert was paid for is not thrown away.
    func write<Value: Sendable>(_ work: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        if isReadOnly { throw faults.readOnly() }
        let database = database
        do {
            return try await door.through(else: faults.closed()) {
                try await Task { try await database.write(work) }.value
            }
        } catch {
            throw faults.translated(error)
        }
    }

    /// Lets the file grow to so many pages (4 KiB each) and no further, as on a full disk; for tests.
    package func limitPages(to count: Int) async throws {
        try await database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = \(count)") }
    }

    /// Lets the connection that writes refuse it, as SQLite does on a medium that became read-only; for tests.
    package func refuseWrites(_ refuse: Bool) async throws {
        try await database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = \(refuse ? 1 : 0)") }
    }
}
