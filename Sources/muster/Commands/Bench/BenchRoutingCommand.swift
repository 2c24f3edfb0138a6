import ArgumentParser
import Bench
import Core
import Experts

/// `muster bench routing`: times deciding alone.
struct BenchRoutingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routing", abstract: "Time how long it takes to decide who is asked; nobody is.",
        discussion: """
            Experts, skills and questions are made up from the seed; the words are looked up by the lexical annotator. \
            With --json: {size: {experts, skills, questions}, seed, minimum, median, p99, maximum, with_need}, in \
            microseconds.
            """)

    @Option(help: "How many experts.")
    var experts = 100

    @Option(help: "How many skills.")
    var skills = 200

    @Option(help: "How many questions are decided.")
    var questions = 1_000

    @Option(help: "Makes the same world again.")
    var seed: UInt64 = 0

    @Flag(help: "Print JSON with stable field names.")
    var json = false

    func validate() throws {
        for (name, value) in [("experts", experts), ("skills", skills), ("questions", questions)]
        where !(1...100_000).contains(value) {
            throw ValidationError("--\(name) is \(value); it goes from 1 to 100000.")
        }
    }

    func run() async throws {
        let outcome = try await RoutingBenchmark(
            size: .init(experts: experts, skills: skills, questions: questions), seed: seed, embedder: HashedEmbedder(),
            time: TimeSource.system(wall: WallClock.now)
        ).run()
        if json { return try Output.json(outcome) }
        Output.line("\(experts) experts, \(skills) skills, \(questions) questions; one decision, in microseconds")
        var table = TextTable(["least", "median", "99 of 100", "most"], sides: [.right, .right, .right, .right])
        table.add([outcome.minimum, outcome.median, outcome.p99, outcome.maximum].map { $0.decimals(0) })
        Output.lines(table.lines)
    }
}
