import Core
import Foundation
import GRDB
import Store
import Testing

struct MigrationsTests {
    private func edited(_ sql: String) async throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let store = try Samples.store(folder.file)
        try await store.choose("1", for: "k")
        try await store.close()
        let database = try DatabaseQueue(path: folder.file)
        try await database.writeWithoutTransaction { try $0.execute(sql: sql) }
        try database.close()
        return folder
    }

    @Test func numbersTheTablesOfANewFile() async throws {
        let folder = try TemporaryFolder()
        _ = try Samples.store(folder.file)
        let database = try DatabaseQueue(path: folder.file)
        let version = try await database.read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
        let names = try await database.read { try String.fetchAll($0, sql: "SELECT name FROM migrations") }
        #expect(version == 9)
        #expect(
            names == [
                "first tables", "feedback", "request ids", "keys and prices", "batches", "capabilities", "canaries",
                "shadow answers", "lists and former marks",
            ])
    }

    @Test func opensAFileThatIsUpToDateWithItsContents() async throws {
        let folder = try await edited("SELECT 1")
        #expect(try await Samples.store(folder.file).choice("k") == "1")
    }

    @Test func leavesANewerFileAlone() async throws {
        let folder = try await edited("PRAGMA user_version = 99")
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.file))
        let found = await fault { _ = try Samples.store(folder.file) }
        #expect(found?.code == .storeNewer)
        #expect(
            found?.sentence == """
                \(folder.file): a newer Muster wrote it: its tables have version 99. This Muster knows version 9. \
                Nothing was changed. Update Muster, or set store.path to another file.
                """)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file)) == before)
    }

    @Test func leavesAFileAloneThatWentThroughAnUnknownStep() async throws {
        let folder = try await edited("UPDATE migrations SET name = 'other tables' WHERE number = 1")
        let found = await fault { _ = try Samples.store(folder.file) }
        #expect(found?.code == .storeNewer)
        #expect(
            found?.found == """
                a newer Muster wrote it: its tables have version 9, with a step "other tables" that this Muster does \
                not know
                """)
    }

    @Test func leavesAFileAloneThatRecordsALaterStep() async throws {
        let folder = try await edited("INSERT INTO migrations VALUES (10, 'tenth')")
        let found = await fault { _ = try Samples.store(folder.file) }
        #expect(found?.found == "a newer Muster wrote it: its tables have version 10")
    }

    @Test func leavesTheDatabaseOfAnotherProgramAlone() async throws {
        let folder = try TemporaryFolder()
        let database = try DatabaseQueue(path: folder.file)
        try await database.write { try $0.execute(sql: "CREATE TABLE contacts (name TEXT)") }
        try database.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.file))
        let found = await fault { _ = try Samples.store(folder.file) }
        #expect(found?.code == .storeBroken)
        #expect(found?.found == "it is the SQLite database of another program")
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file)) == before)
    }

    @Test func saysThatAnEmptyFileCannotBeReadYet() async throws {
        let folder = try TemporaryFolder()
        try Data().write(to: URL(fileURLWithPath: folder.file))
        let found = await fault { _ = try Samples.store(folder.file, settings: StoreSettings(access: .read)) }
        #expect(
            found?.sentence == """
                \(folder.file): its tables have version 0, and it cannot be written to bring them to version 9. Start \
                Muster once with the file and its folder writable.
                """)
    }

    /// A file that has been through the first step only.
    @Test func bringsAnOlderFileUpToDateWithItsContents() async throws {
        let folder = try await edited(
            """
            DROP TABLE shadow_answers; DROP TABLE capabilities; DROP TABLE canary_rounds;
            DROP TABLE former_marks; DROP TRIGGER mark_replaced; DROP TRIGGER expert_forgotten;
            DROP INDEX traces_listed; ALTER TABLE traces DROP COLUMN skills; ALTER TABLE traces DROP COLUMN called;
            DROP TABLE feedback; DROP INDEX traces_request; ALTER TABLE traces DROP COLUMN request;
            DROP TABLE batch_answers; DROP TABLE batch_lines; DROP TABLE batches; DROP TABLE files;
            DROP TABLE client_keys; DROP TABLE key_changes; DROP TABLE key_spending;
            DROP TABLE key_takings; DROP TABLE prices; ALTER TABLE traces DROP COLUMN key;
            ALTER TABLE attempts DROP COLUMN price; ALTER TABLE attempts DROP COLUMN reported_dollars;
            DELETE FROM migrations WHERE number >= 2; PRAGMA user_version = 1
            """)
        let store = try Samples.store(folder.file)
        #expect(try await store.choice("k") == "1")
        store.keep(Samples.trace(1))
        await store.flush()
        try await store.keep(Feedback(trace: "trace-1", score: 1, at: Timestamp(microseconds: 1)))
        #expect(try await store.judgedTraces(limit: 9).count == 1)
    }

    @Test func makesTheTablesOnceWhenManyStartTogether() async throws {
        let folder = try TemporaryFolder()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask { try await Samples.store(folder.file).choose("1", for: "\(number)") }
            }
            try await group.waitForAll()
        }
        #expect(try await Samples.store(folder.file).choice("7") == "1")
    }
}
