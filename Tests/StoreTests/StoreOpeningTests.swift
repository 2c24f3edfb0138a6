import Core
import Foundation
import GRDB
import Store
import Testing

struct StoreOpeningTests {
    private func permissions(_ path: String) throws -> Int? {
        (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
    }

    @Test func makesThePrivateFileAndItsFolder() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/a/b/muster.sqlite"
        let store = try Samples.store(file)
        try await store.choose("1", for: "k")
        #expect(try permissions(file) == 0o600)
        #expect(try permissions(file + "-wal") == 0o600)
        #expect(try permissions(folder.path + "/a/b") == 0o700)
    }

    @Test func keepsNothingInMemory() async throws {
        let store = try Samples.store()
        try await store.choose("1", for: "k")
        #expect(try await Samples.store().choice("k") == nil)
        #expect(!FileManager.default.fileExists(atPath: ":memory:"))
    }

    @Test func readsAStoreWithoutTouchingIt() async throws {
        let folder = try TemporaryFolder()
        let writer = try Samples.store(folder.file)
        try await writer.choose("1", for: "k")
        try await writer.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.file))
        let reader = try Samples.store(folder.file, settings: StoreSettings(access: .read))
        #expect(reader.isReadOnly)
        #expect(try await reader.choice("k") == "1")
        try await reader.close()
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file)) == before)
    }

    @Test func readsWhileAnotherWrites() async throws {
        let folder = try TemporaryFolder()
        let writer = try Samples.store(folder.file)
        let reader = try Samples.store(folder.file, settings: StoreSettings(access: .read))
        try await writer.choose("1", for: "k")
        #expect(try await reader.choice("k") == "1")
    }

    // A folder in the way of `-shm` stops even root from making it, as a read-only folder stops everyone else.
    @Test func readsWhereNoFileCanBeMadeBesideIt() async throws {
        let folder = try TemporaryFolder()
        let writer = try Samples.store(folder.file)
        try await writer.choose("1", for: "k")
        try await writer.close()
        try FileManager.default.createDirectory(
            atPath: folder.file + "-shm", withIntermediateDirectories: false)
        let reader = try Samples.store(folder.file, settings: StoreSettings(access: .read))
        #expect(try await reader.choice("k") == "1")
    }

    @Test(.enabled(if: geteuid() != 0, "root may write anywhere"))
    func readsAFileInAFolderThatCannotBeWritten() async throws {
        let folder = try TemporaryFolder()
        let writer = try Samples.store(folder.file)
        try await writer.choose("1", for: "k")
        try await writer.close()
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder.path)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path) }
        let reader = try Samples.store(folder.file)
        #expect(reader.isReadOnly)
        #expect(try await reader.choice("k") == "1")
        let found = await fault { try await reader.choose("2", for: "k") }
        #expect(found?.code == .storeReadOnly)
    }

    @Test func saysThatThereIsNothingToRead() async throws {
        let folder = try TemporaryFolder()
        let found = await fault { _ = try Samples.store(folder.file, settings: StoreSettings(access: .read)) }
        #expect(found?.code == .unreadableFile)
        #expect(
            found?.sentence == "\(folder.file): there is no store yet. Start Muster once, or check store.path.")
        #expect(!FileManager.default.fileExists(atPath: folder.file))
    }

    @Test func refusesAFolder() async throws {
        let folder = try TemporaryFolder()
        let found = await fault { _ = try Samples.store(folder.path) }
        #expect(
            found?.sentence
                == "\(folder.path): it is a folder. A file was expected. Add a file name to store.path.")
    }

    @Test(arguments: [("/taken/muster.sqlite", "the file"), ("/taken/a/muster.sqlite", "its folder")])
    func saysWhatCouldNotBeMadeAndWhy(name: String, what: String) async throws {
        let folder = try TemporaryFolder()
        try Data().write(to: URL(fileURLWithPath: folder.path + "/taken"))
        let file = folder.path + name
        let found = await fault { _ = try Samples.store(file) }
        #expect(found?.code == .storeReadOnly)
        #expect(
            found?.sentence == """
                \(file): \(what) could not be made (Not a directory). Make its folder writable for this user, or set \
                store.path to another place.
                """)
    }

    @Test func saysThatANewFileIsLocked() async throws {
        let folder = try TemporaryFolder()
        let lock = try await FileLock(on: folder.file)
        let settings = StoreSettings(busyTimeout: .milliseconds(1))
        #expect(await fault { _ = try Samples.store(folder.file, settings: settings) }?.code == .storeLocked)
        try await lock.release()
        _ = try Samples.store(folder.file, settings: settings)
    }

    @Test func saysThatRandomBytesAreNoDatabaseAndKeepsThem() async throws {
        let folder = try TemporaryFolder()
        var random = SeededRandom(seed: 7)
        let bytes = Data((0..<8192).map { _ in UInt8.random(in: 0...255, using: &random) })
        try bytes.write(to: URL(fileURLWithPath: folder.file))
        let found = await fault { _ = try Samples.store(folder.file) }
        #expect(found?.code == .storeBroken)
        #expect(
            found?.sentence == """
                \(folder.file): it is damaged, or no SQLite database (SQLite 26: file is not a database). Nothing was \
                deleted. Restore a copy, or move the file away to begin anew; `sqlite3 \(folder.file) .recover` may \
                save what is in it.
                """)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file)) == bytes)
    }

    @Test func saysThatACutFileIsDamagedAndKeepsIt() async throws {
        let folder = try TemporaryFolder()
        let store = try Samples.store(folder.file)
        try await store.choose(Samples.hugeText, for: "k")
        try await store.close()
        let whole = try Data(contentsOf: URL(fileURLWithPath: folder.file))
        let cut = whole.prefix(whole.count / 2)
        try cut.write(to: URL(fileURLWithPath: folder.file))
        let found = await fault { _ = try Samples.store(folder.file) }
        #expect(found?.code == .storeBroken)
        #expect(
            found?.found
                == "it is damaged, or no SQLite database (SQLite 11: database disk image is malformed)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file)) == Data(cut))
    }

    @Test func saysThatADamagedPageIsDamaged() async throws {
        let folder = try TemporaryFolder()
        let store = try Samples.store(folder.file)
        for number in 1...500 { try await store.add([Samples.mark("a", "q\(number)", isRight: true, at: 1)]) }
        try await store.close()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: folder.file))
        for index in 8192..<bytes.count { bytes[index] = 0xA5 }
        try bytes.write(to: URL(fileURLWithPath: folder.file))
        let found = await fault { _ = try await Samples.store(folder.file).marks() }
        #expect(found?.code == .storeBroken)
    }

    @Test func takesAnEmptyFile() async throws {
        let folder = try TemporaryFolder()
        try Data().write(to: URL(fileURLWithPath: folder.file))
        let store = try Samples.store(folder.file)
        try await store.choose("1", for: "k")
        #expect(try await store.choice("k") == "1")
    }

    @Test func takesANameThatLooksLikeAnAddress() async throws {
        let folder = try TemporaryFolder()
        let store = try Samples.store(folder.path + "/file:a?mode=memory")
        try await store.choose("1", for: "k")
        #expect(FileManager.default.fileExists(atPath: folder.path + "/file:a?mode=memory"))
    }
}
