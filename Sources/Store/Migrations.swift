import Core
import GRDB

/// The steps that bring a file's tables up to date, one after the other. A step is never edited once it was released:
/// what it made is in people's files. To change a table, add a step.
///
/// `user_version` of the file is the number of its last step; the table `migrations` names them all.
enum Migrations {
    struct Step: Sendable {
        var number: Int
        var name: String
        var sql: String
    }

    static let steps = [
        FirstTables.step, FeedbackTable.step, TraceSearch.step, MoneyTables.step, BatchTables.step,
        CapabilityTable.step, CanaryTable.step, ShadowTable.step,
        InsightTables.step,
    ]

    /// The version that this program writes.
    static var latest: Int { steps.last?.number ?? 0 }

    /// "Must" in ASCII: tells our files from those of other programs (sqlite.org/pragma.html#pragma_application_id).
    private static let applicationID = 0x4D75_7374

    /// The version of a file's tables, 0 for an empty file.
    ///
    /// - Throws: `storeNewer` if it has been through steps that are not ours, `storeBroken` if it is not ours at all.
    static func check(_ db: Database, faults: StoreFaults) throws -> Int {
        let version = try number("PRAGMA user_version", db)
        let owner = try number("PRAGMA application_id", db)
        guard owner == applicationID else {
            if try number("SELECT count(*) FROM sqlite_master", db) == 0, owner == 0, version == 0 { return 0 }
            throw faults.foreign()
        }
        guard version <= latest else { throw faults.newer(version: version) }
        guard try db.tableExists("migrations") else { return version }
        for row in try Row.fetchAll(db, sql: "SELECT number, name FROM migrations ORDER BY number") {
            let (found, name) = (try row.whole("number"), try row.text("name"))
            if found > latest { throw faults.newer(version: found) }
            if !steps.contains(where: { $0.number == found && $0.name == name }) {
                throw faults.newer(version: version, step: name)
            }
        }
        return version
    }

    /// Takes the steps that are missing, all or none. Two programs that start together do not take a step twice.
    static func apply(to database: any DatabaseWriter) throws {
        try database.write { db in
            let version = try number("PRAGMA user_version", db)
            for step in steps where step.number > version {
                try db.execute(sql: step.sql)
                try db.execute(
                    sql: "INSERT INTO migrations (number, name) VALUES (?, ?)", arguments: [step.number, step.name])
            }
            if version < latest {
                try db.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(latest)")
            }
        }
    }

    private static func number(_ sql: String, _ db: Database) throws -> Int { try Int.fetchOne(db, sql: sql) ?? 0 }
}
