import Core
import Foundation
import GRDB

/// Opens the file behind a store: makes it privately, looks before it writes, and settles for reading where it must.
struct StoreOpening {
    /// A database that is open, with tables of this version.
    struct Opened {
        var database: any DatabaseWriter
        var isReadOnly: Bool
    }

    private let path: String
    private let settings: StoreSettings
    private let faults: StoreFaults
    private let files = FileManager.default

    init(_ path: String, settings: StoreSettings, faults: StoreFaults) {
        // Absolute, so that SQLite never takes a name such as `file:x` for an address.
        self.path = path == ":memory:" ? path : URL(fileURLWithPath: path).standardizedFileURL.path
        self.settings = settings
        self.faults = faults
    }

    func opened() throws -> Opened {
        if path == ":memory:" {
            let queue = try DatabaseQueue(configuration: configuration(readonly: false))
            try Migrations.apply(to: queue)
            return Opened(database: queue, isReadOnly: false)
        }
        if try isThere() {
            if settings.access == .read || !isWritable { return try openForReading() }
        } else {
            if settings.access == .read { throw faults.missing() }
            try make()
        }
        // A look through a connection that cannot write: a file that is newer or not ours stays as it is.
        let look = try DatabaseQueue(path: path, configuration: configuration(readonly: true))
        let version = try look.read { try Migrations.check($0, faults: faults) }
        try look.close()
        let pool = try DatabasePool(path: path, configuration: configuration(readonly: false))
        if version < Migrations.latest { try Migrations.apply(to: pool) }
        return Opened(database: pool, isReadOnly: false)
    }

    private func openForReading() throws -> Opened {
        let queue = try readingQueue()
        let version = try queue.read { try Migrations.check($0, faults: faults) }
        guard version == Migrations.latest else { throw faults.outdated(version: version) }
        return Opened(database: queue, isReadOnly: true)
    }

    /// SQLite needs a place for `-shm` even to read in WAL mode. Where it cannot make one nobody can be writing either,
    /// and the file may be read as immutable (sqlite.org/wal.html#read_only_databases).
    private func readingQueue() throws -> DatabaseQueue {
        do {
            return try DatabaseQueue(path: path, configuration: configuration(readonly: true))
        } catch let error as DatabaseError
            where error.resultCode == .SQLITE_CANTOPEN || error.resultCode == .SQLITE_READONLY
        {
            guard !files.fileExists(atPath: path + "-wal"),
                let escaped = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
            else { throw error }
            return try DatabaseQueue(
                path: "file:\(escaped)?immutable=1", configuration: configuration(readonly: true))
        }
    }

    private func isThere() throws -> Bool {
        var isFolder: ObjCBool = false
        guard files.fileExists(atPath: path, isDirectory: &isFolder) else { return false }
        if isFolder.boolValue { throw faults.isFolder() }
        return true
    }

    /// WAL mode writes files beside the database, so the folder counts too.
    private var isWritable: Bool { files.isWritableFile(atPath: path) && files.isWritableFile(atPath: folder) }

    private var folder: String { URL(fileURLWithPath: path).deletingLastPathComponent().path }

    private func make() throws {
        try makeFolder(folder)
        // SQLite gives `-wal` and `-shm` the permissions of the file, so 0600 from the first moment covers all three.
        let handle = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard handle >= 0 else { throw faults.notMade("the file", because: errno) }
        close(handle)
    }

    /// Makes a folder and those that hold it. By `mkdir`, because Foundation does not say why it could not.
    private func makeFolder(_ folder: String) throws {
        if files.fileExists(atPath: folder) { return }
        try makeFolder(URL(fileURLWithPath: folder).deletingLastPathComponent().path)
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw faults.notMade("its folder", because: errno) }
    }

    private func configuration(readonly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = readonly
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(settings.busyTimeout.seconds)
        configuration.label = "muster.store"
        // A pool gives its readers ten seconds of its own; ours hold for every connection.
        let milliseconds = Int(settings.busyTimeout.seconds * 1000)
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA busy_timeout = \(milliseconds)") }
        return configuration
    }
}
