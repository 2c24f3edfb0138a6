import ArgumentParser
import Bench
import Core
import Experts
import Foundation

/// `muster replay`: what routing strategies are worth on recorded outcomes; nobody is asked.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Prove routing strategies on recorded outcomes; nobody is asked.",
        discussion: """
            A file holds one question a line: {"id", "question", "outcomes": {"<expert>": {"score": 0…1, "answer"?, \
            "usd"?}}, "suite"?, "category"?, "choices"?, "gold"?, "split"?, "keywords"?}; .gz is unpacked on the way. \
            Each strategy learns from one part and decides on the other, and no decision sees what it is graded by. \
            With --json: {questions, experts, folds, results: [{strategy, seats, accuracy, interval, \
            calls_per_question, usd_per_question, active_parameters, oracle_gap_closed, …}]}.
            """)

    @Argument(help: "Files of recorded outcomes.")
    var files: [String] = []

    @Option(help: "Strategies, separated by commas; --list names them. (default: the yardsticks, knn and blend)")
    var strategy: String?

    @OptionGroup var who: ReplayExpertOptions
    @OptionGroup var how: ReplayOptions

    @Option(help: "Write a page that reads without a network.")
    var report: String?

    @Option(help: "Write every question that was decided on, as it was recorded, with the decisions.")
    var decisions: String?

    @Flag(help: "Print JSON with stable field names.")
    var json = false

    @Flag(help: "List the strategies and the ways to aggregate.")
    var list = false

    @Flag(help: "Learn from the traces and the feedback of the store instead: what would another policy have earned?")
    var fromStore = false

    @OptionGroup var configuration: ConfigurationOptions

    func validate() throws {
        guard !list else { return }
        if fromStore, !files.isEmpty { throw ValidationError("--from-store reads the store: leave out the files.") }
        if !fromStore, files.isEmpty {
            throw ValidationError(
                "Name a file of recorded outcomes, or --from-store. muster replay --help shows its form.")
        }
    }

    func run() async throws {
        if list { return StrategyList.show() }
        let names = strategy?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        guard !fromStore else {
            return try await StoredReplay.run(
                configuration: configuration.source, strategies: names ?? [], seats: how.seats.first, json: json)
        }
        let budget = try how.compositionBudget
        let contestants = try (names ?? StrategyShelf.usual).map {
            try StrategyShelf.contestant(named: $0, budget: budget)
        }
        let time = TimeSource.system(wall: WallClock.now)
        let reading = OutcomeReading(
            embedder: try how.makeEmbedder(), skills: try how.readSkills(),
            vectorFolder: ModelCache.root + "/../vectors")
        let line = ProgressLine(time: time)
        let recorded = try await reading.read(files) { count in
            line.show(done: 0, total: count, detail: "questions read")
        }
        for broken in recorded.table.brokenLines {
            Output.remark("muster: \(broken.file):\(broken.number): \(broken.reason); left out")
        }
        var settings = ReplaySettings(
            strategies: contestants, seats: how.seats.isEmpty ? [1] : how.seats, experts: who.choice,
            folds: how.foldPlan,
            vote: try StrategyShelf.vote(named: how.aggregation), seed: how.seed, mostLearned: how.trainLimit,
            bar: how.bar)
        settings.stopsWhenDecided = how.earlyQuorum
        settings.keepsDecisions = decisions != nil
        let findings = try await ReplayRun(recorded, settings: settings, time: time).run { progress in
            line.show(done: progress.done, total: progress.all, detail: progress.strategy)
        }
        if let decisions {
            try await findings.writeDecisions(to: decisions)
            Output.remark("decisions: \(decisions)")
        }
        let found = findings.report(command: commandLine)
        if let report {
            try Data(ReplayPage(found).html.utf8).write(to: URL(fileURLWithPath: report), options: .atomic)
            Output.remark("page: \(report)")
        }
        if json { return try Output.json(found) }
        Output.line(ReplayText(found).text)
    }

    private var commandLine: String { (["muster"] + CommandLine.arguments.dropFirst()).joined(separator: " ") }
}
