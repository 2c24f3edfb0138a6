import ArgumentParser
import Core
import Server
import Store

/// `muster key revoke`
struct KeyRevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "End a key; a running service lets it in no more within a second.")

    @OptionGroup var shared: SharedOptions

    @Argument(help: "Its name or id.")
    var name: String

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in
            let now = assembly.time.timestamp()
            let key = try await assembly.store.keys().key(named: name).revoked(at: now)
            try await assembly.store.replace(key)
            let report = try await KeyReport.of(key, store: assembly.store, now: now)
            if shared.json { return try Output.json(report) }
            Output.line("\(key.name) revoked")
        }
    }
}
