import ArgumentParser
import Core
import Engine

/// `muster model inspect`: what is in a model file.
struct ModelInspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Show what is in a GGUF file, and whether it can be run.")

    @OptionGroup var source: ModelFileArgument

    @Flag(help: "List every tensor.")
    var tensors = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let parts: GGUFParts
        do {
            parts = try GGUFParts(readingFileAt: source.file)
        } catch {
            throw Fault(.unsupported, source.file, "\(error)", hint: "Give a whole GGUF file of version 2 or 3")
        }
        let description = ModelDescription(parts, listsTensors: tensors)
        if json { return try Output.json(description) }
        Output.lines(description.lines)
    }
}
