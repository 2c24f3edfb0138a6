import Core
import Foundation

/// Writes the vectors of texts in the order given, taking those it has seen before from the folder.
///
/// A batch of texts is a file of the folder, named by the fingerprint of the embedder and the texts. The whole goes to a
/// file that is deleted as soon as it is open: nothing is left behind, however the program ends.
final class VectorWriting {
    private let folder: String
    private let embedder: String
    private let path: String
    private let sink: FileHandle
    private var dimension = 0

    init(folder: String, embedder: String) throws {
        self.folder = folder
        self.embedder = embedder
        path = folder + "/replay-\(ProcessInfo.processInfo.globallyUniqueString).f32"
        guard FileManager.default.createFile(atPath: path, contents: nil), let sink = FileHandle(forWritingAtPath: path)
        else {
            throw Fault(.unreadableFile, folder, "cannot be written", hint: "Set MUSTER_CACHE to a folder that can")
        }
        self.sink = sink
    }

    func add(_ texts: [String], _ embedder: any Embedder) async throws {
        guard !texts.isEmpty else { return }
        var print = Fingerprint(of: self.embedder)
        for text in texts { print.add(text) }
        let kept = "\(folder)/\(print.hex).f32"
        if let data = FileManager.default.contents(atPath: kept), !data.isEmpty, data.count % (texts.count * 4) == 0,
            dimension == 0 || data.count == texts.count * 4 * dimension
        {
            dimension = data.count / texts.count / 4
            return try sink.write(contentsOf: data)
        }
        let vectors = try await embedder.embed(texts)
        guard let width = vectors.first?.count, vectors.allSatisfy({ $0.count == width }),
            dimension == 0 || dimension == width
        else { throw Fault(.expertGarbled, embedder.name, "gave vectors of different lengths") }
        dimension = width
        let data = vectors.reduce(into: Data()) { data, vector in
            vector.withUnsafeBytes { data.append(contentsOf: $0) }
        }
        try data.write(to: URL(fileURLWithPath: kept), options: .atomic)
        try sink.write(contentsOf: data)
    }

    /// The file to read from.
    func finish() throws -> VectorFile {
        try sink.close()
        defer { try? FileManager.default.removeItem(atPath: path) }
        guard let file = VectorFile(path: path, dimension: max(dimension, 1)) else {
            throw Fault(.unreadableFile, path, "has lost its vectors", hint: "Look whether the disk is full")
        }
        return file
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
