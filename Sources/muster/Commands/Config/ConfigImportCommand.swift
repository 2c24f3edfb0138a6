import ArgumentParser
import Core
import Foundation
import Settings

/// `muster config import`: another gateway's configuration in our words, with everything that could not be taken over.
struct ConfigImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take over a configuration of LiteLLM or llama-swap.",
        discussion: """
            Prints the configuration; what could not be taken over stands at its top and goes to standard error. Keys \
            that stand in the file are not repeated: the notes name the variables to export.
            """)

    @Argument(help: "The other program's YAML file.")
    var file: String

    @Option(help: "litellm or llama-swap; if left out, the file tells.")
    var from: String?

    @Option(help: "llama-swap: where it answers; if left out, \(ForeignConfiguration.usualServer).")
    var server: String?

    @Flag(help: "llama-swap: run its GGUF files in Muster's own engine instead.")
    var local = false

    @Option(name: [.customShort("o"), .long], help: "A file to write; never an existing one.")
    var output: String?

    func validate() throws {
        let known = ForeignConfiguration.Program.allCases.map(\.rawValue)
        if let from, !known.contains(from) {
            throw ValidationError("--from is \(from); choose \(known.joined(separator: " or ")).")
        }
    }

    func run() async throws {
        let imported = try ForeignConfiguration(path: file)
            .imported(as: from.flatMap(ForeignConfiguration.Program.init), server: server, runsFilesHere: local)
        if let output {
            try write(imported.yaml, to: output)
        } else {
            Output.text(imported.yaml)
        }
        Output.remark("\(imported.expertCount) experts taken over from \(imported.program)")
        for note in imported.notes { Output.remark("- \(note)") }
        if let output { Output.remark("Check it: muster check --config \(output)") }
    }

    private func write(_ yaml: String, to path: String) throws {
        do {
            try Data(yaml.utf8).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
        } catch {
            throw Fault(
                .unreadableFile, path, "it cannot be written: \(error.localizedDescription)",
                hint: "Name a file that does not exist yet, in a folder that does")
        }
    }
}
