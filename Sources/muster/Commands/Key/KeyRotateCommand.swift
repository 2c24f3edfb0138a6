import ArgumentParser
import Core
import Server
import Store

/// `muster key rotate`
struct KeyRotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Give a key a new secret; what it may use and has spent stays.")

    @OptionGroup var shared: SharedOptions

    @Option(help: "How long the old secret still counts: 1h, 7d; not at all if left out.")
    var grace: Span?

    @Argument(help: "Its name or id.")
    var name: String

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in
            let now = assembly.time.timestamp()
            let (key, secret) = try await assembly.store.keys().key(named: name).rotated(
                grace: grace?.duration ?? .zero, now: now, entropy: WallClock.entropy)
            try await assembly.store.replace(key)
            try MadeKey.show(
                secret, try await .of(key, store: assembly.store, now: now), what: "rotated", asJSON: shared.json)
        }
    }
}
