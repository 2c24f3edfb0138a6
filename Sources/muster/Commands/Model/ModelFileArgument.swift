import ArgumentParser
import Core
import Engine

/// The model file of a command.
struct ModelFileArgument: ParsableArguments {
    @Argument(
        help: "A GGUF file (of a split model the first part), or a name of the catalogue that was pulled.",
        completion: .file(extensions: ["gguf"]), transform: ModelCache.path(for:))
    var file: String

    /// The tokenizer of the file, or of a model read from it. Throws `Fault`.
    func codec(_ model: LanguageModel? = nil) throws -> TextCodec {
        do {
            return try TextCodec(model?.parts.metadata ?? GGUFParts(readingFileAt: file).metadata)
        } catch {
            throw Fault(
                .unsupported, file, "has no vocabulary that can be used: \(error)",
                hint: "Token ids still work: --tokens 1,42")
        }
    }
}
