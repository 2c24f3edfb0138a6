import Engine
import Foundation
import Testing

/// Model files made by other programs, in the folder that the environment variable MUSTER_PARITY names.
struct ParityFilesTests {
    private static let folder = ProcessInfo.processInfo.environment["MUSTER_PARITY"]

    private static let files: [URL] = {
        guard let folder else { return [] }
        let found = try? FileManager.default.contentsOfDirectory(
            at: URL(filePath: folder), includingPropertiesForKeys: nil)
        return (found ?? []).filter { $0.pathExtension == "gguf" }.sorted { $0.path() < $1.path() }
    }()

    @Test(.enabled(if: folder != nil, "MUSTER_PARITY names no folder of model files"))
    func theFolderHasModelFiles() {
        #expect(!Self.files.isEmpty)
    }

    /// The file beside each model counts its tensors, type by type.
    @Test(.enabled(if: !files.isEmpty, "MUSTER_PARITY names no folder of model files"), arguments: files)
    func everyTensorOfAModelIsReadable(model: URL) throws {
        let file = try GGUFFile(readingFileAt: model.path())
        let architecture = try file.metadata.text("general.architecture")
        #expect(try file.metadata.integer("\(architecture).block_count") > 0)
        #expect(file.tensors.tensors.count == Int(file.header.tensorCount))
        let counts = Dictionary(grouping: file.tensors.tensors, by: \.type.name).mapValues(\.count)
        #expect(try counts == expectedCounts(of: model))
        for tensor in file.tensors.tensors {
            let numbers = try file.numbers(of: tensor, rows: 0..<tensor.rowCount)
            #expect(numbers.count == tensor.shape.reduce(1, *))
            #expect(numbers.allSatisfy { $0.isFinite }, "\(tensor.name)")
            #expect(numbers.contains { $0 != 0 }, "\(tensor.name)")
        }
    }

    private struct Answers: Decodable {
        let tensor_types: [String: Int]
    }

    private func expectedCounts(of model: URL) throws -> [String: Int] {
        let answers = try Data(contentsOf: model.deletingPathExtension().appendingPathExtension("json"))
        return try JSONDecoder().decode(Answers.self, from: answers).tensor_types
    }
}
