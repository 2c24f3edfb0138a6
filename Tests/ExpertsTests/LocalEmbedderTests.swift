import Core
import Experts
import Foundation
import Support
import Testing

struct LocalEmbedderTests {
    /// A folder that is gone when the test is.
    private final class Folder {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("muster-\(UUID().uuidString)").path
        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    @Test func theNameHoldsModelAndVersion() throws {
        let folder = Folder()
        try TinyEncoderFolder().write(to: folder.path)
        let embedder = try LocalEmbedder(folder: folder.path, model: "all-minilm-l6-v2", threads: 1)
        #expect(embedder.name == "local/all-minilm-l6-v2/1")
    }

    /// More texts than are asked for at once; each has the vector that it has alone.
    @Test func everyTextHasItsOwnVector() async throws {
        let folder = Folder()
        try TinyEncoderFolder().write(to: folder.path)
        let embedder = try LocalEmbedder(folder: folder.path, model: "m", threads: 1)
        let texts = (0..<70).map { String(repeating: "cat ", count: $0 % 35 + 1) }
        let vectors = try await embedder.embed(texts)
        #expect(vectors.count == 70 && vectors.allSatisfy { $0.count == TinyEncoderFolder.hidden })
        #expect(vectors[3] == vectors[38] && vectors[3] != vectors[4])
        #expect(try await embedder.embed([texts[69]]) == [vectors[69]])
        #expect(try await embedder.embed([]).isEmpty)
    }

    @Test func aFolderThatIsNoneIsExplained() throws {
        let fault = #expect(throws: Fault.self) {
            try LocalEmbedder(folder: "/nowhere", model: "all-minilm-l6-v2", threads: 1)
        }
        #expect(fault?.code == .invalidSettings)
        let sentence = fault?.sentence ?? ""
        #expect(sentence.hasPrefix("embedder.model: cannot be used: sentence encoder: config.json cannot be read"))
        #expect(sentence.contains("muster model pull all-minilm-l6-v2"))
    }
}
