import ArgumentParser
import Core
import Foundation
import Pipeline
import Settings
import Store

/// `muster expert add`: keeps an entry of `experts:` in the store.
struct ExpertAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add an expert; it is kept in the store and checked like the configuration.",
        discussion: "Keys are named, not given: --api-key-env NAME.")

    @OptionGroup var shared: SharedOptions

    @Argument(help: "Its id: lower-case letters, digits, - _ and .")
    var id: String

    @Option(help: "openai, anthropic, ollama, local or scripted.")
    var kind = "openai"

    @Option(help: "Where its API begins: http://127.0.0.1:9001/v1")
    var baseUrl: String?

    @Option(help: "What its server calls the model; of kind local a GGUF file.")
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

    @Flag(help: "Take the place of an expert that was added under this id.")
    var replace = false

    private struct Report: Encodable {
        var added: ExpertID
    }

    func run() async throws {
        try await Assembly.with(shared.source) { assembly in
            let name = ExpertID(id)
            try await AddedExperts(store: assembly.store).add(
                name, definition: try definition(), replaces: replace, beside: assembly.settings)
            if shared.json { return try Output.json(Report(added: name)) }
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
