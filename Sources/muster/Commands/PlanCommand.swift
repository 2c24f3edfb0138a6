import ArgumentParser
import Bench
import Core
import Foundation
import Pipeline
import Routing
import Settings
import Store

/// `muster plan`: what a question, a suite or a file of requests would need; nobody is asked.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Say what would be asked of whom and what it would cost; nobody is called.",
        discussion: """
            Plans one question, a suite (--suite), or a file of requests (--requests): lines of {"question": …} or of \
            OpenAI's batch form. Skills are found by words alone. Lengths and seconds are those of answers in earlier \
            runs; where there are none, an answer is as long as it may be. With --json: {strategy, questions, skills, \
            experts, calls, dollars, most_dollars, seconds, loads, loads_by_arrival, recruitment, changes, …}.
            """)

    @OptionGroup var shared: SharedOptions

    @Argument(help: "The question; - reads it from standard input.")
    var question: String?

    @Option(help: "Plan a run of this suite.")
    var suite: String?

    @Option(help: "Plan a file of requests, one JSON object a line.")
    var requests: String?

    @OptionGroup var data: RunQuestions

    @Option(help: "Which part of the suite; the first if left out.")
    var split: String?

    @Option(help: "Only the first so many questions.")
    var limit: Int?

    @Option(help: "As of muster bench run. (default: skill; route:auto for a question or requests)")
    var strategy: String?

    @Option(help: "Seats where the strategy leaves them open.")
    var seats = 3

    @Option(help: "Repeats every draw.")
    var seed: UInt64 = 7

    @Option(help: "The longest answer, in tokens.")
    var maxTokens: Int?

    @Option(parsing: .upToNextOption, help: "Only these experts.")
    var experts: [String] = []

    func validate() throws {
        guard [question != nil, suite != nil, requests != nil].count(where: { $0 }) == 1 else {
            throw ValidationError("Plan one thing: a question, --suite NAME, or --requests FILE.")
        }
        if !(1...64).contains(seats) { throw ValidationError("--seats is \(seats); it goes from 1 to 64.") }
        if let limit, limit < 1 { throw ValidationError("--limit is \(limit); plan at least one question.") }
        try TokenLimit.check(maxTokens)
    }

    func run() async throws {
        try await Assembly.with(shared.source, store: nil) { assembly in
            let (suite, questions, part) = try read(assembly)
            let experts = try assembly.experts(named: experts)
            let usual =
                self.suite == nil && assembly.settings.routes.contains { $0.name == "auto" } ? "route:auto" : "skill"
            let order = RunOrder(
                suite: suite, questions: questions,
                strategy: try BenchStrategy(
                    strategy ?? usual, seats: seats, experts: experts, routes: assembly.settings.routes),
                experts: experts, seed: seed, maximumTokens: maxTokens, part: part)
            let lexical = LexicalAnnotator(skills: assembly.skills)
            let planner = RunPlanner(
                directory: assembly.directory,
                needs: NeedFinder(annotator: lexical, substitute: lexical, kept: nil),
                profiles: assembly.profiles, store: assembly.store, lanes: assembly.lanes,
                takers: self.suite == nil ? [:] : assembly.batchTakers)
            let plan = try await planner.plan(order)
            if shared.json { return try Output.json(plan) }
            Output.lines(PlanText(plan: plan).lines)
        }
    }

    private func read(_ assembly: Assembly) throws -> (Suite, [GradedQuestion], String?) {
        if let suite {
            var options = SuiteOptions()
            options.name = SuiteName()
            options.name.suite = suite
            options.name.suites = data.suites
            options.data = data.data
            options.split = split
            options.limit = limit
            let read = try options.read(skills: assembly.skills, seed: seed)
            return (read.suite, read.questions, read.part)
        }
        let plain = try Suite(SuiteSpec(name: "questions", maximumTokens: maxTokens ?? 512))
        guard let requests else {
            let text = try QuestionText.read(question ?? "")
            return (plain, [GradedQuestion(id: "question", question: text, answer: "")], nil)
        }
        return (plain, try RequestFile(path: requests, limit: limit).questions, nil)
    }
}
