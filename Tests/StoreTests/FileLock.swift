import GRDB

/// Another program that holds the exclusive lock of a store's file.
struct FileLock {
    private let database: DatabaseQueue

    init(on file: String) async throws {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .timeout(5)
        database = try DatabaseQueue(path: file, configuration: configuration)
        try await database.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
    }

    func release() async throws { try await database.writeWithoutTransaction { try $0.execute(sql: "COMMIT") } }
}
