import ArgumentParser
import Bench
import Core
import Store

/// `muster profile build`: asks experts the skills' graded questions; what is known is not asked again.
struct ProfileBuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build", abstract: "Ask experts the graded questions of our skills and keep the marks.",
        discussion: "Each expert is visited once. Marks are kept one by one: a stopped build goes on where it was.")

    @OptionGroup var shared: SharedOptions

    @Option(parsing: .upToNextOption, help: "Only these experts.")
    var experts: [String] = []

    @Option(parsing: .upToNextOption, help: "Only these skills.")
    var skills: [String] = []

    @Option(help: "At most so many questions of each skill.")
    var limit: Int?

    @Option(help: "Draws which questions are asked under --limit.")
    var seed: UInt64 = 0

    @Option(help: "The longest answer, in tokens.")
    var maxTokens = 256

    @Flag(help: "Ask again where a mark exists; the new one replaces it.")
    var again = false

    func validate() throws {
        try TokenLimit.check(maxTokens)
        if let limit, limit < 1 { throw ValidationError("--limit is \(limit); ask at least one question.") }
    }

    private struct Report: Encodable {
        var asked: Int
        var right: Int
        var cut: Int
        var known: Int
        var failed: Int
        var seconds: Double
    }

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in
            let started = assembly.time.now()
            let chosen = try assembly.experts(named: experts)
            let order = ProfileRun.Order(
                experts: chosen, skills: try assembly.skills(named: skills), limit: limit, seed: seed,
                maximumTokens: maxTokens, again: again)
            let line = ProgressLine(time: assembly.time)
            let outcome = try await ProfileRun(
                directory: assembly.directory, marks: assembly.store, time: assembly.time
            ).run(order) { progress in
                line.show(
                    done: progress.done, total: progress.total, detail: "\(progress.expert), \(progress.right) right")
            }
            line.end()
            let report = Report(
                asked: outcome.marks.count, right: outcome.marks.count { $0.isRight },
                cut: outcome.marks.count { !$0.isComplete }, known: outcome.known, failed: outcome.faults.count,
                seconds: assembly.time.seconds(since: started))
            if shared.json { try Output.json(report) } else { say(report) }
            for fault in outcome.faults.prefix(3) { Output.remark("muster: \(fault.sentence)") }
            if !outcome.faults.isEmpty {
                Output.remark("muster: \(outcome.faults.count) questions have no mark; run it again to ask only those")
                throw ExitStatus.failed.code
            }
        }
    }

    private func say(_ report: Report) {
        Output.line(
            "\(report.asked) questions asked, \(report.right) right, \(report.cut) cut by their token limit, "
                + "\(report.known) known before, \(report.failed) failed, in \(report.seconds.asDuration)")
    }
}
