import ArgumentParser
import Core
import Pipeline

/// `muster route`: who would be asked, and why; nobody is called unless an expert annotates.
struct RouteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "route", abstract: "Decide who would be asked, and ask nobody.",
        discussion: """
            With --json the decided trace: {"need", "recruitment": {"seats", "suitabilities", "seed", …}, …}. An expert \
            annotator, if one is configured, is asked unless its annotation is cached; the lexical one asks nobody.
            """)

    @OptionGroup var shared: SharedOptions
    @OptionGroup var chance: ChanceOptions

    @Option(name: .shortAndLong, help: "A route, or an expert's id.")
    var route = "auto"

    @Argument(help: "The question; - reads it from standard input.")
    var question: String

    func run() async throws {
        let text = try QuestionText.read(question)
        try await Assembly.with(shared.source) { assembly in
            let trace = try await assembly.service.decide(Question(text), model: route, wishes: chance.wishes)
            if shared.json {
                try Output.json(trace)
            } else {
                Output.lines(ExplainText(trace: trace).lines)
                Output.line("decided in \((trace.decisionSeconds * 1000).decimals(2)) ms; nobody was asked")
            }
        }
    }
}
