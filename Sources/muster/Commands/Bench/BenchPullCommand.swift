import ArgumentParser
import Bench
import Core
import Transport

/// `muster bench pull`: fetches a suite from its publisher.
struct BenchPullCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull", abstract: "Fetch a suite from its publisher and check it.",
        discussion: """
            A stopped download goes on where it was. With --json: {suite, split, path, bytes, sha256, was_there}.
            """)

    @Argument(help: "The suite: \(Suite.all.map(\.id).joined(separator: ", ")).")
    var suite: String

    @Option(help: "Which part: test is what runs are compared on, train what profiles may be made from.")
    var split = "test"

    @Flag(help: "Print JSON with stable field names.")
    var json = false

    private struct Report: Encodable {
        var suite: String
        var split: String
        var path: String
        var bytes: Int
        var sha256: String
        var wasThere: Bool
    }

    func run() async throws {
        let known = try Suite.named(suite)
        let source = try known.source(of: split)
        let transport = HTTPTransport()
        defer { transport.shutdown() }
        Output.remark("\(known.id), \(split): \(source.size.asBytes) from \(source.url), license \(known.license)")
        let line = ProgressLine(time: TimeSource.system(wall: WallClock.now))
        let pull = SuitePull(folder: SuiteCache.folder(of: known), fetcher: WebFileFetcher(transport: transport))
        let outcome = try await pull.pull(source) { progress in
            line.show(done: progress.done, total: progress.total, detail: "bytes")
        }
        line.end()
        let report = Report(
            suite: known.id, split: split, path: outcome.path, bytes: source.size, sha256: source.sha256,
            wasThere: outcome.wasThere)
        if json { return try Output.json(report) }
        Output.line("\(outcome.path): \(outcome.wasThere ? "was there" : "fetched"), checksum verified")
    }
}

extension Int {
    /// `732 KiB`
    fileprivate var asBytes: String { self < 1 << 20 ? "\(self >> 10) KiB" : "\(self >> 20) MiB" }
}
