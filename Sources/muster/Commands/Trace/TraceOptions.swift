import ArgumentParser
import Core
import Settings
import Store

/// Whose traces a command reads; nothing is written, and no expert has to be there.
struct TraceOptions: ParsableArguments {
    @OptionGroup var shared: SharedOptions

    @Option(help: "In place of store.path.")
    var store: String?

    /// Opens the store to read, whether a service writes to it or not, and closes it again.
    func withStore(_ work: (SQLiteStore) async throws -> Void) async throws {
        let path = try store ?? shared.source.load().settings.store.path
        let time = TimeSource.system(wall: WallClock.now)
        let opened = try SQLiteStore(path, settings: StoreSettings(access: .read), time: time) { _ in }
        do {
            try await work(opened)
        } catch {
            try? await opened.close()
            throw error
        }
        try await opened.close()
    }
}
