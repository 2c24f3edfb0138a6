import ArgumentParser
import Core
import Engine
import Foundation

/// `muster model embed`: the vectors of texts, as an encoder in this process sees them.
struct ModelEmbedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "embed", abstract: "Turn texts into vectors with a sentence encoder.",
        discussion: """
            The model is a folder with model.safetensors, config.json, and tokenizer.json or vocab.txt: an encoder of \
            the BERT family such as all-minilm-l6-v2. Without --json the cosines between the texts are printed. With \
            --json: {"dimension", "vectors": [[…], …]}, or the figures of --bench.
            """)

    @Argument(
        help: "The folder of the model, or its name in the catalogue.", completion: .directory,
        transform: ModelCache.path)
    var model: String

    @Argument(help: "The texts.")
    var texts: [String] = []

    @Option(help: "A file with further texts, one a line.", completion: .file())
    var file: String?

    @Option(help: "Threads that compute; all cores if left out.")
    var threads: Int?

    @Flag(help: "Measure instead: a query of 18 tokens, and the texts in batches of 32.")
    var bench = false

    @Flag(help: "Print JSON.")
    var json = false

    private static let mostThreads = 256

    func validate() throws {
        if let threads, !(1...Self.mostThreads).contains(threads) {
            throw ValidationError("--threads is \(threads); it goes from 1 to \(Self.mostThreads).")
        }
        guard !texts.isEmpty || file != nil || bench else {
            throw ValidationError("Write a text, or --file with one text a line.")
        }
    }

    func run() throws {
        let texts = try self.texts + lines()
        let encoder: SentenceEncoder
        do {
            encoder = try SentenceEncoder(
                readingFolder: model, threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
        } catch {
            throw Fault(
                .unsupported, model, "cannot be used: \(error)", hint: "muster model pull all-minilm-l6-v2 fetches one")
        }
        if bench { return try EmbeddingBench(encoder: encoder, texts: texts).print(asJSON: json) }
        let vectors = encoder.encode(texts)
        if json { return try Output.json(Report(dimension: encoder.dimension, vectors: vectors)) }
        for (row, text) in zip(vectors, texts) {
            let cosines = vectors.map { Double(zip(row, $0).reduce(Float(0)) { $0 + $1.0 * $1.1 }) }
            Output.line(cosines.map { $0.decimals(3) }.joined(separator: " ") + "  " + text.prefix(60).debugDescription)
        }
    }

    private struct Report: Encodable {
        let dimension: Int
        let vectors: [[Float]]
    }

    private func lines() throws -> [String] {
        guard let file else { return [] }
        guard let bytes = FileManager.default.contents(atPath: file), let text = String(bytes: bytes, encoding: .utf8)
        else {
            throw Fault(.unreadableFile, file, "cannot be read as UTF-8", hint: "Correct the path, or the file")
        }
        return text.split(whereSeparator: \.isNewline).map(String.init)
    }
}
