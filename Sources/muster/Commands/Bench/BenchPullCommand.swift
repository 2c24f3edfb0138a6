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

    @OptionGroup var name: SuiteName

    @Option(help: "Which part, such as test or train; the first if left out.")
    var split: String?

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
        let suite = try name.read()
        let part = try suite.part(split)
        let transport = HTTPTransport()
        defer { transport.shutdown() }
        let size = part.size.map { $0.asBytes } ?? "a file"
        Output.remark("\(suite.id), \(part.name): \(size) from \(part.url), licence \(suite.spec.licence)")
        let line = ProgressLine(time: TimeSource.system(wall: WallClock.now))
        let pull = SuitePull(folder: SuiteCache.folder(of: suite), fetcher: WebFileFetcher(transport: transport))
        let outcome = try await pull.pull(part) { progress in
            line.show(done: progress.done, total: progress.total, detail: "bytes")
        }
        line.end()
        let report = Report(
            suite: suite.id, split: part.name, path: outcome.path, bytes: outcome.size, sha256: outcome.sha256,
            wasThere: outcome.wasThere)
        if json { return try Output.json(report) }
        if outcome.isFirst {
            return Output.line(
                "\(outcome.path): fetched; nobody published its checksum, so from now on it is \(outcome.sha256)")
        }
        Output.line("\(outcome.path): \(outcome.wasThere ? "was there" : "fetched"), checksum verified")
    }
}

extension Int {
    /// `732 KiB`
    fileprivate var asBytes: String { self < 1 << 20 ? "\(self >> 10) KiB" : "\(self >> 20) MiB" }
}
