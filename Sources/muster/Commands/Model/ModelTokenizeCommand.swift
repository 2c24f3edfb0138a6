import ArgumentParser
import Core
import Engine

/// `muster model tokenize`: the tokens of a text, as the model reads them.
struct ModelTokenizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokenize", abstract: "Print the tokens of a text.",
        discussion: """
            Names of control tokens (<|im_end|>) are text unless --marks is given. With --json: {"tokens": [{"id", \
            "text"}, …]}.
            """)

    @OptionGroup var source: ModelFileArgument

    @Argument(help: "The text.")
    var text: String

    @Flag(help: "Read names of control tokens as those tokens.")
    var marks = false

    @Flag(help: "Add the beginning that the model expects of a prompt.")
    var prompt = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let codec = try source.codec()
        let reading: MarkReading = marks ? .asTokens : .asText
        let ids =
            prompt
            ? codec.encodePrompt(text, marks: reading) : codec.tokenizer.encode(text, marks: reading)
        let tokens = ids.map { id in
            Token(id: id, text: String(decoding: codec.tokenizer.bytes(of: id) ?? [], as: UTF8.self))
        }
        if json { return try Output.json(["tokens": tokens]) }
        for token in tokens { Output.line("\(token.id)\t\(token.text.debugDescription)") }
    }

    private struct Token: Encodable {
        let id: Int
        let text: String
    }
}
