import ArgumentParser
import Core
import Engine
import Foundation

/// `muster model generate`: what a model writes after a prompt.
struct ModelGenerateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Let a model write.",
        discussion: """
            With --chat the prompt is a user's turn in the model's own template; with --prompt it is a text to continue; \
            with --tokens it is token ids, and exactly --count tokens are written, whatever they are. With --json: \
            {"tokens": […], "text", "finish", …}, and with --likeliest {"likeliest": [[{"token", "log_probability"}]]}, one \
            list a token, best first.
            """)

    @OptionGroup var options: ModelOptions
    @OptionGroup var sampling: SamplingOptions
    @OptionGroup var steering: SteeringOptions

    @Option(help: "A text to continue.")
    var prompt: String?

    @Option(help: "A question, put to the model in its chat template.")
    var chat: String?

    @Option(help: "Token ids to continue, with commas between.")
    var tokens: TokenList?

    @Option(help: "Most tokens to write.")
    var count = 128

    @Option(help: "A text that ends the answer; may be given several times.")
    var stop: [String] = []

    @Option(help: "A file with a JSON schema; the answer is a document of it.")
    var schema: String?

    @Option(help: "List so many likeliest tokens of each place, 1 to 20, as the model has them; needs --json.")
    var likeliest: Int?

    @Flag(help: "Print JSON when all is written.")
    var json = false

    func validate() throws {
        guard [prompt != nil, chat != nil, tokens != nil].count(where: { $0 }) == 1 else {
            throw ValidationError("Give one of --prompt, --chat and --tokens.")
        }
        guard count >= 1 else { throw ValidationError("--count is \(count); it goes from 1.") }
        if let likeliest {
            guard (1...20).contains(likeliest) else {
                throw ValidationError("--likeliest is \(likeliest); it goes from 1 to 20.")
            }
            guard json else { throw ValidationError("--likeliest lists in JSON only. Add --json.") }
        }
    }

    func run() async throws {
        let model = try options.model()
        try tokens?.check(model)
        let codec = try options.codec(model)
        let ids = try promptIDs(model, codec)
        let context = min(model.contextLength, ids.count + count)
        let generator = Generator(model, vocabulary: codec, team: try options.team(), contextTokens: context)
        defer { generator.close() }
        var request = GenerationRequest(prompt: ids, sampling: try sampling.settings(), seed: sampling.chosenSeed)
        request.mostTokens = count
        request.stops = stop
        request.endsAtEndToken = tokens == nil
        request.grammar = try grammar()
        request.likeliest = likeliest
        request.steering = try steering.plan(for: model)
        var written = Written()
        for try await event in try options.explaining({ try generator.answer(to: request) }) {
            written.add(event)
            if !json { Output.text(event.text) }
        }
        if json { return try Output.json(written) }
        Output.line()
        Output.remark(written.summary)
    }

    private func promptIDs(_ model: LanguageModel, _ codec: TextCodec) throws -> [Int] {
        if let tokens { return tokens.ids }
        if let prompt { return codec.encodePrompt(prompt, marks: .asText) }
        return try options.explaining {
            try ModelDialogue(model, codec).prompt([ChatTurn(role: "user", content: chat ?? "")])
        }
    }

    private func grammar() throws -> Grammar? {
        guard let schema else { return nil }
        guard let bytes = FileManager.default.contents(atPath: schema) else {
            throw Fault(.invalidRequest, schema, "cannot be read", hint: "Name a file with a JSON schema")
        }
        return try options.explaining { try Grammar(jsonSchema: Array(bytes)) }
    }

    /// All that was written.
    private struct Written: Encodable {
        var tokens: [Int] = []
        var likeliest: [[Candidate]]?
        var text = ""
        var finish = ""
        var promptTokens = 0
        var promptSeconds = 0.0
        var generateSeconds = 0.0

        mutating func add(_ event: GenerationEvent) {
            text += event.text
            switch event {
            case .token(let token):
                tokens.append(token.id)
                if let read = token.logProbabilities {
                    likeliest = (likeliest ?? []) + [read.likeliest.map(Candidate.init)]
                }
            case .end(let end):
                switch end.reason {
                case .end: finish = "end"
                case .stop: finish = "stop"
                case .length: finish = "length"
                }
                promptTokens = end.promptTokens
                promptSeconds = end.promptTime.asSeconds
                generateSeconds = end.generationTime.asSeconds
            }
        }

        /// A token that could have come, and `ln p` of it.
        struct Candidate: Encodable {
            let token: Int
            let logProbability: Double

            init(_ candidate: TokenLogProbability) {
                (token, logProbability) = (candidate.token, candidate.logProbability)
            }
        }

        var summary: String {
            let prompt = Double(promptTokens) / max(promptSeconds, 1e-9)
            let generate = Double(max(tokens.count - 1, 0)) / max(generateSeconds, 1e-9)
            return "\(promptTokens) tokens read at \(prompt.decimals(1))/s, \(tokens.count) written at "
                + "\(generate.decimals(1))/s, ended by \(finish)"
        }
    }
}

extension GenerationEvent {
    /// The text this event releases.
    fileprivate var text: String {
        switch self {
        case .token(let token): token.text
        case .end(let end): end.text
        }
    }
}
