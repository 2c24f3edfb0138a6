import ArgumentParser
import Bench
import Core
import Foundation
import Pipeline
import Settings
import Store

/// `muster bench`: what experts, and compositions of them, are worth.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Run suites of questions with known answers.",
        subcommands: [BenchRunCommand.self, BenchShowCommand.self])
}

/// `muster bench run`
struct BenchRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run a suite; each expert is visited once, every answer is kept when it arrives.",
        discussion: "A stopped run goes on with --resume ID: nothing is asked twice.")

    @OptionGroup var shared: SharedOptions

    @Argument(help: "The suite: \(Suite.all.map(\.id).joined(separator: ", ")).")
    var suite: String

    @Option(help: "A file in the publisher's format; the one that muster bench pull fetched if left out.")
    var data: String?

    @Option(help: "Only the first so many questions.")
    var limit: Int?

    @Option(help: "\(BenchStrategy.forms.joined(separator: ", ")).")
    var strategy = "skill"

    @Option(help: "Seats where the strategy leaves them open.")
    var seats = 3

    @Option(help: "Take seats from experts with less than this share of all (arXiv:2503.05641: 0.05).")
    var trim = 0.0

    @Option(help: "Repeats every draw.")
    var seed: UInt64 = 7

    @Option(help: "The longest answer, in tokens; the suite's own limit if left out.")
    var maxTokens: Int?

    @Option(parsing: .upToNextOption, help: "Only these experts.")
    var experts: [String] = []

    @Option(help: "Go on with a stopped run.")
    var resume: String?

    func validate() throws {
        if !(1...64).contains(seats) { throw ValidationError("--seats is \(seats); it goes from 1 to 64.") }
        if let limit, limit < 1 { throw ValidationError("--limit is \(limit); ask at least one question.") }
    }

    func run() async throws {
        try await Assembly.with(shared.config) { assembly in
            let suite = try Suite.named(self.suite)
            let file = try SuiteFile(path: data ?? SuiteCache.path(of: suite), suite: suite, limit: limit)
            let experts = try assembly.experts(named: self.experts)
            let order = RunOrder(
                suite: suite, questions: file.questions,
                strategy: try BenchStrategy(
                    strategy, seats: seats, experts: experts, routes: assembly.settings.routes, trim: trim),
                experts: experts, seed: seed, maximumTokens: maxTokens)
            let id = resume ?? "\(suite.id)-\(String(WallClock.entropy() & 0xFFFFFF, radix: 16))"
            if resume == nil { Output.remark("run \(id): \(order.questions.count) questions, strategy \(strategy)") }
            let line = ProgressLine(time: assembly.time)
            let run = BenchRun(
                order: order, directory: assembly.directory, needs: assembly.needs, profiles: assembly.profiles,
                store: assembly.store, time: assembly.time)
            let finished = try await run.run(id: id, resuming: resume != nil) { progress in
                line.show(
                    done: progress.done, total: progress.total,
                    detail: "\(progress.expert) \(progress.expertDone)/\(progress.expertTotal), \(progress.cut) cut, "
                        + "\(progress.failed) failed, $\(progress.dollars.decimals(6))")
            }
            line.end()
            try await BenchShowCommand.show([finished.id], shared, assembly)
        }
    }
}

/// `muster bench show`
struct BenchShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show runs side by side; all of them without an id.",
        discussion:
            "With --json: [{id, suite, strategy, questions, strict: {right, of, share, low, high}, flexible, cut, …}].")

    @OptionGroup var shared: SharedOptions

    @Argument(help: "The runs.")
    var ids: [String] = []

    func run() async throws {
        try await Assembly.with(shared.config) { assembly in
            let chosen = ids.isEmpty ? try await assembly.store.runs().map(\.id) : ids
            guard !chosen.isEmpty else { return Output.line("There are no runs yet. muster bench run makes one.") }
            try await Self.show(chosen, shared, assembly)
        }
    }

    static func show(_ ids: [String], _ shared: SharedOptions, _ assembly: Assembly) async throws {
        var reports: [RunReport] = []
        for id in ids { reports.append(try await RunReport(id, from: assembly.store)) }
        if shared.json { return try Output.json(reports) }
        var table = TextTable(
            [
                "run", "strategy", "strict", "flexible", "cut", "failed", "calls", "tokens in/out", "seconds", "$",
                "visits",
            ],
            sides: [.left, .left] + Array(repeating: .right, count: 8))
        for report in reports { table.add(row(report)) }
        Output.lines(table.lines)
    }

    private static func row(_ report: RunReport) -> [String] {
        [
            report.id + (report.state == .finished ? "" : " (stopped)"), report.strategy, share(report.strict),
            share(report.flexible), String(report.cut), String(report.failed), String(report.calls),
            "\(report.promptTokens)/\(report.completionTokens)", report.seconds.decimals(0), report.dollars.decimals(5),
            report.visits.map { "\($0.expert) \($0.count)×" }.joined(separator: ", "),
        ]
    }

    /// `16/60 27 % [17–39]`
    private static func share(_ share: RunReport.Share) -> String {
        let percent = { (value: Double) in (value * 100).decimals(0) }
        return "\(share.right)/\(share.of) \(percent(share.share)) % [\(percent(share.low))–\(percent(share.high))]"
    }
}
