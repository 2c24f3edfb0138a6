import ArgumentParser
import Core
import Foundation
import Pipeline
import Settings
import Store

/// `muster expert`: who can be asked.
struct ExpertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expert", abstract: "List, add, remove, show and test experts.",
        subcommands: [
            ExpertListCommand.self, ExpertAddCommand.self, ExpertRemoveCommand.self, ExpertShowCommand.self,
            ExpertTestCommand.self,
        ])
}

/// An expert as commands show it; never its key.
struct ExpertReport: Encodable {
    var id: ExpertID
    var kind: ExpertKind
    var model: String
    var baseUrl: String?
    /// `${env.NAME}`, or nil.
    var apiKey: String?
    var context: Int?
    var price: Price
    var concurrent: Int
    var retries: Int
    var clocks: [String: Double]
    /// Whether it stands in the configuration or was added by command.
    var from: String
    var skills: Int
    var strength: Double

    init(_ spec: ExpertSpec, assembly: Assembly) {
        let profile = assembly.profiles.snapshot.book.profile(of: spec.card.id)
        id = spec.card.id
        kind = spec.card.kind
        model = spec.card.model
        baseUrl = spec.unixSocket ?? spec.baseURL
        apiKey = spec.key.map { "\($0)" }
        context = spec.card.context
        price = spec.card.price
        concurrent = spec.card.concurrent
        retries = spec.retries
        clocks = [
            "connect": spec.clocks.connect.seconds, "first_token": spec.clocks.firstToken.seconds,
            "idle": spec.clocks.idle.seconds, "total": spec.clocks.total.seconds,
        ]
        from = assembly.settings.experts.contains { $0.card.id == spec.card.id } ? "configuration" : "command"
        skills = profile.records.count
        strength = profile.strength
    }
}

/// `muster expert list`
struct ExpertListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List every expert.")

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        try await Assembly.with(shared.config) { assembly in
            let reports = assembly.specs.map { ExpertReport($0, assembly: assembly) }
            if shared.json { return try Output.json(reports) }
            var table = TextTable(
                ["expert", "kind", "model", "at", "$ in/out", "skills", "strength", "from"],
                sides: [.left, .left, .left, .left, .right, .right, .right])
            for report in reports {
                table.add([
                    report.id.rawValue, report.kind.rawValue, report.model, report.baseUrl ?? "–",
                    "\(report.price.input)/\(report.price.output)", String(report.skills), report.strength.decimals(1),
                    report.from,
                ])
            }
            Output.lines(table.lines)
        }
    }
}

/// `muster expert add`: keeps an entry of `experts:` in the store.
struct ExpertAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add an expert; it is kept in the store and checked like the configuration.",
        discussion: "Keys are named, not given: --api-key-env NAME.")

    @OptionGroup var shared: SharedOptions

    @Argument(help: "Its id: lower-case letters, digits, - _ and .")
    var id: String

    @Option(help: "openai, anthropic, ollama or scripted.")
    var kind = "openai"

    @Option(help: "Where its API begins: http://127.0.0.1:9001/v1")
    var baseUrl: String?

    @Option(help: "What its server calls the model.")
    var model: String?

    @Option(help: "The environment variable that holds its key.")
    var apiKeyEnv: String?

    @Option(help: "Tokens that question and answer may have together.")
    var context: Int?

    @Option(help: "Dollars for a million tokens read.")
    var priceInput: Double?

    @Option(help: "Dollars for a million tokens written.")
    var priceOutput: Double?

    @Option(help: "How many questions it takes at a time.")
    var concurrent: Int?

    @Option(help: "Everything else: a piece of JSON or YAML as it would stand under experts.ID.")
    var settings: String?

    func run() async throws {
        try await Assembly.with(shared.config) { assembly in
            let name = ExpertID(id)
            if assembly.settings.experts.contains(where: { $0.card.id == name }) {
                throw Fault(
                    .invalidSettings, "expert \(id)", "stands in the configuration already",
                    hint: "Change it there, or choose another id")
            }
            if assembly.settings.routes.contains(where: { $0.name.rawValue == id }) {
                throw Fault(.invalidSettings, "expert \(id)", "a route is called that", hint: "Choose another id")
            }
            let definition = try definition()
            let (spec, problems) = SettingsFile.expert(
                name, definition: definition, environment: ProcessInfo.processInfo.environment)
            if let fault = problems.fault(.invalidSettings) { throw fault }
            guard spec != nil else { throw Fault(.invalidSettings, "expert \(id)", "is not described") }
            try await assembly.store.add(name, definition: definition)
            Output.line("\(id) added; muster expert test \(id) asks it something")
        }
    }

    private func definition() throws -> String {
        if let settings { return settings }
        var fields: [String: JSONValue] = ["kind": .string(kind)]
        fields["base_url"] = baseUrl.map(JSONValue.string)
        fields["model"] = model.map(JSONValue.string)
        fields["api_key"] = apiKeyEnv.map { .string("${env.\($0)}") }
        fields["context"] = context.map(JSONValue.integer)
        if priceInput != nil || priceOutput != nil {
            fields["price"] = .object(["input": .number(priceInput ?? 0), "output": .number(priceOutput ?? 0)])
        }
        fields["limits"] = concurrent.map { .object(["concurrent": .integer($0)]) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(fields), as: UTF8.self)
    }
}

/// `muster expert remove`
struct ExpertRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove an expert that was added by command.")

    @OptionGroup var shared: SharedOptions

    @Flag(help: "Forget its marks too.")
    var forget = false

    @Argument(help: "Its id.")
    var id: String

    func run() async throws {
        try await Assembly.with(shared.config) { assembly in
            let name = ExpertID(id)
            guard try await assembly.store.remove(name) else {
                if assembly.settings.experts.contains(where: { $0.card.id == name }) {
                    throw Fault(.invalidRequest, "expert \(id)", "stands in the configuration", hint: "Remove it there")
                }
                let known = try await assembly.store.definitions().map(\.id.rawValue)
                throw Fault.unknown(.unknownExpert, "expert", named: id, among: known)
            }
            let marks = forget ? try await assembly.store.forget(name) : 0
            Output.line(
                "\(id) removed"
                    + (forget ? ", \(marks) marks forgotten" : "; its marks are kept (--forget deletes them)"))
        }
    }
}

/// `muster expert show`
struct ExpertShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one expert, never its key.")

    @OptionGroup var shared: SharedOptions

    @Argument(help: "Its id.")
    var id: String

    func run() async throws {
        try await Assembly.with(shared.config) { assembly in
            _ = try assembly.directory.expert(ExpertID(id))
            guard let spec = assembly.specs.first(where: { $0.card.id.rawValue == id }) else { return }
            let report = ExpertReport(spec, assembly: assembly)
            if shared.json { return try Output.json(report) }
            Output.line("\(report.id)   \(report.kind.rawValue) \(report.model), from \(report.from)")
            Output.line("at         \(report.baseUrl ?? "–")   key \(report.apiKey ?? "none")")
            Output.line("context    \(report.context.map(String.init) ?? "unknown") tokens")
            Output.line("price      $\(report.price.input) in, $\(report.price.output) out, for a million tokens")
            Output.line("limits     \(report.concurrent) at a time, \(report.retries) retries")
            let clocks = report.clocks.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.asDuration)" }
            Output.line("clocks     \(clocks.joined(separator: ", "))")
            Output.line("knows      \(report.skills) skills tried, strength \(report.strength.decimals(1))")
        }
    }
}

/// `muster expert test`: asks each expert something small, whole and streamed.
struct ExpertTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Ask experts something small, whole and streamed, and say what they did.",
        discussion: "With --json: [{expert, delivery, ok, seconds, first_text_seconds, usage, text, fault}].")

    @OptionGroup var shared: SharedOptions

    @Argument(help: "Only these experts.")
    var ids: [String] = []

    private struct Outcome: Encodable {
        var expert: ExpertID
        var delivery: String
        var ok: Bool
        var seconds: Double
        var firstTextSeconds: Double?
        var usage: Usage?
        var text: String?
        var fault: Fault?
    }

    func run() async throws {
        try await Assembly.with(shared.config) { assembly in
            var outcomes: [Outcome] = []
            for id in try assembly.experts(named: ids) {
                for delivery in [Delivery.whole, .streamed] {
                    let outcome = try await test(try assembly.directory.expert(id), delivery, assembly.time)
                    outcomes.append(outcome)
                    if !shared.json { say(outcome) }
                }
            }
            if shared.json { try Output.json(outcomes) }
            if !outcomes.allSatisfy(\.ok) { throw ExitStatus.failed.code }
        }
    }

    private func test(_ expert: any Expert, _ delivery: Delivery, _ time: TimeSource) async throws -> Outcome {
        let question = Question("Say the word ready.", sampling: Sampling(temperature: 0, maximumTokens: 16))
        let started = time.now()
        var outcome = Outcome(
            expert: expert.card.id, delivery: delivery == .whole ? "whole" : "streamed", ok: false, seconds: 0)
        do {
            let answer = try await expert.answer(question, time: time, delivery: delivery)
            outcome.ok = true
            outcome.firstTextSeconds = answer.firstTextSeconds
            outcome.usage = answer.usage
            outcome.text = answer.text
        } catch let fault as Fault {
            outcome.fault = fault
        }
        outcome.seconds = time.seconds(since: started)
        return outcome
    }

    private func say(_ outcome: Outcome) {
        guard outcome.ok else {
            return Output.line("\(outcome.expert) \(outcome.delivery): failed: \(outcome.fault?.sentence ?? "")")
        }
        let usage = outcome.usage.map {
            "\($0.promptTokens) + \($0.completionTokens) tokens"
                + ($0.estimated ? ", counted by us: it reports none" : "")
        }
        let text = (outcome.text ?? "").split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        Output.line(
            "\(outcome.expert) \(outcome.delivery): ok in \(outcome.seconds.decimals(2)) s (\(usage ?? "")) \"\(text.prefix(40))\""
        )
    }
}
