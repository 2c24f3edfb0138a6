import ArgumentParser
import Bench
import Core
import Store

/// `muster profile learn`: makes marks of a finished run instead of asking anyone.
struct ProfileLearnCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn", abstract: "Make marks of a finished run of a single expert, without asking anyone.",
        discussion: """
            Each skill of a question the expert answered rightly counts +1, else −1 (arXiv:2503.05641, step B). \
            With --json: {expert, marks, right, without_need, failed}. Runs on the test part of a suite are refused.
            """)

    @OptionGroup var shared: SharedOptions
    @OptionGroup var source: SuiteOptions

    @Option(name: .customLong("run"), help: "The run; its strategy is single:<expert>.")
    var finished: String

    private struct Report: Encodable {
        var expert: ExpertID
        var marks: Int
        var right: Int
        var withoutNeed: Int
        var failed: Int
    }

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in
            let record = try await assembly.store.run(finished)
            let (suite, questions, _) = try source.read(
                count: record?.questionCount, part: record?.part, skills: assembly.skills)
            let outcome = try await ProfileFromRun(
                runs: assembly.store, needs: assembly.needs, profiles: assembly.profiles, skills: assembly.skills,
                time: assembly.time
            ).marks(of: finished, suite: suite, questions: questions)
            try await assembly.store.add(outcome.marks)
            let report = Report(
                expert: outcome.expert, marks: outcome.marks.count, right: outcome.marks.count { $0.isRight },
                withoutNeed: outcome.withoutNeed, failed: outcome.failed)
            if shared.json { return try Output.json(report) }
            Output.line(
                "\(report.marks) marks for \(report.expert), \(report.right) right; \(report.withoutNeed) questions "
                    + "need no known skill, \(report.failed) were not answered")
        }
    }
}
