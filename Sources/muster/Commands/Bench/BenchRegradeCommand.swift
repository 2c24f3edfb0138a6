import ArgumentParser
import Bench
import Core
import Settings
import Store

/// `muster bench regrade`: grades a run anew without asking anyone.
struct BenchRegradeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "regrade", abstract: "Grade a run anew with today's extractors; nobody is asked.",
        discussion: """
            Give --data, --split and --limit as for the run. With --json: {id, questions, before, now, strict_gained, \
            strict_lost, flexible_gained, flexible_lost}.
            """)

    @OptionGroup var shared: SharedOptions

    @Argument(help: "The run.")
    var id: String

    @OptionGroup var data: RunQuestions

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in
            let record = try await assembly.store.existing(id)
            let (suite, questions, part) = try data.read(record, skills: assembly.skills)
            let settings = RunSettings(record.settings)
            let strategy = try BenchStrategy(
                record.strategy, seats: settings?.seats ?? 3, experts: record.experts,
                routes: assembly.settings.routes, trim: settings?.trim ?? 0)
            let order = RunOrder(
                suite: suite, questions: questions, strategy: strategy, experts: record.experts, seed: record.seed,
                maximumTokens: settings?.maximumTokens, judge: settings?.judge, part: part)
            let programs = suite.spec.metric.kind == .tests ? try LockedPython() : nil
            let outcome = try await RunRegrading(store: assembly.store, programs: programs).regrade(id, as: order)
            if shared.json { return try Output.json(outcome) }
            Output.line(
                "\(outcome.questions) questions graded by \(outcome.now), before by \(Self.list(outcome.before))")
            Output.line(
                "strict: \(outcome.strictGained) more right, \(outcome.strictLost) fewer; flexible: "
                    + "\(outcome.flexibleGained) more, \(outcome.flexibleLost) fewer")
            try await BenchShowCommand.show([id], shared, assembly)
        }
    }

    private static func list(_ versions: [String]) -> String {
        versions.isEmpty ? "nothing" : versions.joined(separator: " and ")
    }
}

/// Where the questions of a run that was made are found again.
struct RunQuestions: ParsableArguments {
    @Option(help: "A folder of suites beside the built-in ones.")
    var suites: String?

    @Option(help: "The file the run was made on; the fetched one if left out.")
    var data: String?

    /// The suite of a run, its questions and their part.
    func read(_ run: Run, skills: [Skill]) throws -> (suite: Suite, questions: [GradedQuestion], part: String?) {
        let suite = try SuiteCache.suite(run.suite, folder: suites)
        if suite.spec.metric.kind == .skills, data == nil {
            let made = try SkillMix(suite: suite, skills: skills).questions(run.questionCount, seed: run.seed)
            return (suite, made, nil)
        }
        let part = suite.spec.parts.isEmpty ? nil : try suite.part(run.part)
        let path = data ?? part.map { SuiteCache.path(of: $0, in: suite) } ?? ""
        let file = try SuiteFile(path: path, suite: suite, member: part?.member, limit: run.questionCount)
        return (suite, file.questions, run.part)
    }
}
