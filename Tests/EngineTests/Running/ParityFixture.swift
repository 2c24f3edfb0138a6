import Foundation
import Testing

/// A model file and what other programs say of it, in the folder that the environment variable MUSTER_PARITY names.
struct ParityFixture: Sendable, CustomTestStringConvertible {
    let model: URL

    /// The exact and llama.cpp's scores, one row a token of the prompt.
    let exact: [Float]
    let theirs: [Float]
    let answers: Answers

    struct Answers: Decodable, Sendable {
        let prompt_tokens: [Int]
        let experts_per_layer: [String: [[Int]]]
        let greedy_llamacpp: [Int]
        let greedy_gap: [Float]
    }

    static let folder = ProcessInfo.processInfo.environment["MUSTER_PARITY"]

    static let all: [ParityFixture] = {
        guard let folder else { return [] }
        let found = try? FileManager.default.contentsOfDirectory(
            at: URL(filePath: folder), includingPropertiesForKeys: nil)
        let models = (found ?? []).filter { $0.pathExtension == "gguf" }
        return models.sorted { $0.path() < $1.path() }.compactMap { try? ParityFixture(model: $0) }
    }()

    init(model: URL) throws {
        self.model = model
        let stem = model.deletingPathExtension()
        exact = try Self.numbers(stem.appendingPathExtension("exact.npy"))
        theirs = try Self.numbers(stem.appendingPathExtension("logits.npy"))
        answers = try JSONDecoder().decode(
            Answers.self, from: Data(contentsOf: stem.appendingPathExtension("json")))
    }

    var isFloat: Bool { model.lastPathComponent.contains("f32") }

    var testDescription: String { model.lastPathComponent }

    /// A file of 128 bytes of header and little-endian float32.
    private static func numbers(_ file: URL) throws -> [Float] {
        let data = Array(try Data(contentsOf: file).dropFirst(128))
        return stride(from: 0, to: data.count, by: 4).map { start in
            Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(data[start + $1]) << UInt32(8 * $1) })
        }
    }
}
