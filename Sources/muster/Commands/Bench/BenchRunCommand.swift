import ArgumentParser
import Bench
import Core
import Pipeline
import Settings
import Store

/// `muster bench run`: asks a suite's questions and grades the answers.
struct BenchRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run a suite; each expert is visited once, every answer is kept when it arrives.",
        discussion: """
            A stopped run goes on with --resume ID: nothing is asked twice. What is left out is then as it was \
            started. With --json: as bench show.
            """)

    @OptionGroup var shared: SharedOptions
    @OptionGroup var source: SuiteOptions

    @Option(help: "\(BenchStrategy.forms.joined(separator: ", ")). (default: skill)")
    var strategy: String?

    @Option(help: "Seats where the strategy leaves them open. (default: 3)")
    var seats: Int?

    @Option(help: "Take seats from experts with less than this share of all (arXiv:2503.05641: 0.05). (default: 0)")
    var trim: Double?

    @Option(help: "Repeats every draw. (default: 7)")
    var seed: UInt64?

    @Option(help: "The longest answer, in tokens; the suite's own limit if left out.")
    var maxTokens: Int?

    @Option(parsing: .upToNextOption, help: "Only these experts.")
    var experts: [String] = []

    @Option(help: "Go on with a stopped run.")
    var resume: String?

    @Option(help: "The expert that judges, for suites that need one.")
    var judge: String?

    @Option(help: "The run whose answers a judge compares these with.")
    var against: String?

    @Option(help: "Dollars that the whole run may cost; it stops before it would cost more.")
    var budget: Double?

    @Option(help: "grouped: each expert once with its whole list; arrival: question by question. (default: grouped)")
    var order = RunConduct.Order.grouped.rawValue

    @Flag(help: "Ask question by question also where an expert takes its list as a batch (experts.ID.batches).")
    var noBatches = false

    func validate() throws {
        if let seats, !(1...64).contains(seats) { throw ValidationError("--seats is \(seats); it goes from 1 to 64.") }
        if let trim, !(0...1).contains(trim) { throw ValidationError("--trim is \(trim); it goes from 0 to 1.") }
        guard RunConduct.Order(rawValue: order) != nil else {
            throw ValidationError("--order is \(order); it is grouped or arrival.")
        }
        if let budget, !(0...1_000_000).contains(budget) {
            throw ValidationError("--budget is \(budget); it is dollars from 0 to 1000000.")
        }
        try TokenLimit.check(maxTokens)
    }

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in
            let order = try await runOrder(assembly)
            let id = resume ?? "\(order.suite.id)-\(String(WallClock.entropy() & 0xFFFFFF, radix: 16))"
            Output.remark("run \(id): \(order.questions.count) questions, strategy \(order.strategy.name)")
            let panel = RunPanel(time: assembly.time)
            let programs = order.suite.spec.metric.kind == .tests ? try LockedPython() : nil
            let run = BenchRun(
                order: order, directory: assembly.directory, needs: assembly.needs, profiles: assembly.profiles,
                store: assembly.store, time: assembly.time, choices: assembly.store,
                conduct: RunConduct(
                    lanes: assembly.lanes, budget: budget, order: .init(rawValue: self.order) ?? .grouped,
                    programs: programs, takers: noBatches ? [:] : assembly.batchTakers,
                    news: { news in
                        panel.end()
                        Output.remark(
                            "\(news.expert): batch \(news.batch) is \(news.status), \(news.done) of \(news.total) done")
                    }))
            let hint = StopHint(
                "every answer that came is kept; go on with muster bench run \(source.suite) --resume \(id)")
            defer { hint.withdraw() }
            let finished: Run
            do {
                finished = try await run.run(id: id, resuming: resume != nil) { panel.show($0) }
            } catch {
                panel.end()
                throw error
            }
            panel.end()
            if let models = LocalModelsText.line(assembly.localModels) { Output.remark(models) }
            try await BenchShowCommand.show([finished.id], shared, assembly)
        }
    }

    /// What is asked of whom: as given, else as the resumed run was started, else as usual.
    private func runOrder(_ assembly: Assembly) async throws -> RunOrder {
        let known: Run? = if let resume { try await assembly.store.existing(resume) } else { nil }
        let settings = known.flatMap { RunSettings($0.settings) }
        let (suite, questions, part) = try source.read(
            count: known?.questionCount, part: known?.part, skills: assembly.skills, seed: seed ?? known?.seed ?? 7)
        let named = experts.isEmpty ? known?.experts.map(\.rawValue) ?? [] : experts
        let experts = try assembly.experts(named: named)
        let strategy = try BenchStrategy(
            strategy ?? known?.strategy ?? "skill", seats: seats ?? settings?.seats ?? 3, experts: experts,
            routes: assembly.settings.routes, trim: trim ?? settings?.trim ?? 0)
        return RunOrder(
            suite: suite, questions: questions, strategy: strategy, experts: experts, seed: seed ?? known?.seed ?? 7,
            maximumTokens: maxTokens ?? settings?.maximumTokens,
            judge: try judge.map { RunJudge(try assembly.directory.expert(ExpertID($0)).card.id, against: against) }
                ?? settings?.judge, part: part)
    }
}
