package import Core
import Foundation
import GRDB

/// Says in our words what SQLite met, keeping its number and message and never the values of a statement.
package struct StoreFaults: Sendable {
    /// As people wrote it in `store.path`.
    let file: String
    let busyTimeout: Duration
    /// Bytes left on the disk of the file; nil if unknown.
    let freeBytes: @Sendable () -> Int64?

    init(_ file: String, busyTimeout: Duration) {
        self.init(file, busyTimeout: busyTimeout) {
            let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
            let found = try? FileManager.default.attributesOfFileSystem(forPath: folder)
            return (found?[.systemFreeSize] as? NSNumber)?.int64Value
        }
    }

    package init(_ file: String, busyTimeout: Duration, freeBytes: @escaping @Sendable () -> Int64?) {
        self.file = file
        self.busyTimeout = busyTimeout
        self.freeBytes = freeBytes
    }

    /// Runs `work` with its errors translated.
    func translating<Value>(_ work: () throws -> Value) throws -> Value {
        do { return try work() } catch { throw translated(error) }
    }

    /// A fault for any error but a cancellation, which stays what it is.
    func translated(_ error: any Error) -> any Error {
        error is CancellationError ? error : fault(error)
    }

    /// The fault that an error of the store means.
    func fault(_ error: any Error) -> Fault {
        switch error {
        case let fault as Fault: fault
        case let error as DatabaseError:
            fault(code: error.extendedResultCode.rawValue, message: error.message ?? "no message")
        case let error as UnreadableValue: unreadable(error)
        default: broken("it could not be used (\(error))")
        }
    }

    /// The fault that a result code of SQLite means (sqlite.org/rescode.html); the lower eight bits say the class.
    package func fault(code: Int32, message: String) -> Fault {
        let told = "(SQLite \(code): \(message))"
        switch (code & 0xFF, code) {
        case (5, _), (6, _):  // BUSY, LOCKED
            return Fault(
                .storeLocked, file, "it stayed locked by another program for \(busyTimeout.seconds) s \(told)",
                hint: "Stop that program (`fuser \(file)` names it), or give each its own store.path")
        case (8, _): return readOnly(told)
        case (13, _), (_, 4874):  // FULL; IOERR_SHMSIZE, which is a full disk met at `-shm`
            return full("there is no room left to write \(told)")
        case (18, _):  // TOOBIG
            return Fault(
                .tooLarge, file, "a value is too large to be kept \(told)", hint: "Keep shorter texts")
        case (11, _), (26, _):  // CORRUPT, NOTADB
            return broken("it is damaged, or no SQLite database \(told)")
        default: return broken("SQLite could not use it \(told)")
        }
    }

    package func readOnly(_ told: String? = nil) -> Fault {
        Fault(
            .storeReadOnly, file, "it can be read but not written" + (told.map { " " + $0 } ?? ""),
            hint: "Make the file and its folder writable for this user, or set store.path to another place")
    }

    func outdated(version: Int) -> Fault {
        Fault(
            .storeReadOnly, file,
            "its tables have version \(version), and it cannot be written to bring them to version "
                + "\(Migrations.latest)",
            hint: "Start Muster once with the file and its folder writable")
    }

    func newer(version: Int, step: String? = nil) -> Fault {
        let also = step.map { ", with a step \"\($0)\" that this Muster does not know" } ?? ""
        return Fault(
            .storeNewer, file,
            "a newer Muster wrote it: its tables have version \(version)\(also)",
            expected: "This Muster knows version \(Migrations.latest)",
            hint: "Nothing was changed. Update Muster, or set store.path to another file")
    }

    func foreign() -> Fault {
        broken("it is the SQLite database of another program")
    }

    func closed() -> Fault {
        Fault(.storeBroken, file, "it was closed before this call", hint: "Open the store again")
    }

    func missing() -> Fault {
        Fault(
            .unreadableFile, file, "there is no store yet", hint: "Start Muster once, or check store.path")
    }

    func isFolder() -> Fault {
        Fault(
            .unreadableFile, file, "it is a folder", expected: "A file was expected",
            hint: "Add a file name to store.path")
    }

    /// The file or its folder could not be made; `number` is the system's `errno`.
    func notMade(_ what: String, because number: Int32) -> Fault {
        let told = "\(what) could not be made (\(String(cString: strerror(number))))"
        if number == ENOSPC { return full(told) }
        return Fault(
            .storeReadOnly, file, told,
            hint: "Make its folder writable for this user, or set store.path to another place")
    }

    private func full(_ found: String) -> Fault {
        let free = freeBytes().map { "Its disk has \($0 / 1_000_000) MB free" }
        return Fault(
            .storeFull, file, found, expected: free,
            hint: "Make room on the disk, or lower store.keep_traces")
    }

    private func unreadable(_ value: UnreadableValue) -> Fault {
        broken("\(value.place) holds something that Muster did not write there")
    }

    private func broken(_ found: String) -> Fault {
        Fault(
            .storeBroken, file, found,
            hint: "Nothing was deleted. Restore a copy, or move the file away to begin anew; "
                + "`sqlite3 \(file) .recover` may save what is in it")
    }
}
