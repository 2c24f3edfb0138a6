import Core
import Experts
import Foundation
import Support
import Testing

struct LocalExpertTests {
    @Test func looksAtTheFileAndSaysHonestlyThatItCannotRunIt() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("muster-\(UUID().uuidString).gguf")
        // GGUF, version 3, 2 tensors, 1 metadata entry; then room enough for them to be believable.
        var bytes = Array("GGUF".utf8) + [3, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
        bytes += [UInt8](repeating: 0, count: 4096)
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        var spec = Sample.spec(.local)
        spec.card.model = file.path
        let expert = Sample.expert(spec)
        let obstacle =
            "\(file.path) is a GGUF model (version 3, 2 tensors), but this version cannot run models itself yet"
        #expect(await expert.health() == .unusable(obstacle))
        let fault = try await Sample.fault(of: expert)
        #expect(
            fault?.sentence
                == "math: \(obstacle). Serve the file with any OpenAI-compatible server and use kind: openai.")
    }
}
