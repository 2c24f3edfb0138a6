import ArgumentParser
import Core
import Foundation

/// `muster model serve`: one model behind the OpenAI-compatible address, without a configuration.
struct ModelServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve one model through the OpenAI-compatible API until stopped.",
        discussion: """
            Clients ask for it by its name; auto is the same. Nothing is kept unless --store says where. To serve several \
            models, or to route between them, write them into config.yaml as experts of kind local.
            """)

    @OptionGroup var model: ModelOptions
    @OptionGroup var options: ServeOptions

    @Option(help: "What clients call it; the file's name if left out.")
    var name: String?

    @Option(help: "Tokens that question and answer may have together.")
    var context = 8192

    @Option(help: "Answers made at once.")
    var answers = 4

    func validate() throws {
        guard (16...1 << 20).contains(context) else {
            throw ValidationError("--context is \(context); it goes from 16 to \(1 << 20).")
        }
        guard (1...64).contains(answers) else {
            throw ValidationError("--answers is \(answers); it goes from 1 to 64.")
        }
    }

    func run() async throws {
        _ = try model.model()  // says at once what is wrong with the file
        var options = options
        options.store = options.store ?? ":memory:"
        try await options.serve(.made(yaml: yaml, name: model.file))
    }

    /// The configuration that serves this model; JSON strings are YAML.
    private var yaml: String {
        let threads = model.threads.map { ", threads: \($0)" } ?? ""
        let id = name ?? Self.name(of: model.file)
        return """
            engine: {answers: \(answers)\(threads)}
            skills: {instructions: false}
            experts:
              \(Self.quoted(id)): {kind: local, model: \(Self.quoted(model.file)), context: \(context)}
            routes:
              auto: {routing: only, fallback: \(Self.quoted(id))}
            routing:
              only: {strategy: fixed, members: [\(Self.quoted(id))]}
            """
    }

    /// The file's name without its ending, in characters that a name may have.
    private static func name(of file: String) -> String {
        let stem = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent.lowercased()
        let name = String(stem.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") ? $0 : "-" })
        return name.first?.isLetter == true || name.first?.isNumber == true ? name : "model"
    }

    private static func quoted(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
