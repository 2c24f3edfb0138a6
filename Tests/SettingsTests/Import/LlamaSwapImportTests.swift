import Core
import Foundation
import Settings
import Testing

struct LlamaSwapImportTests {
    private static let yaml = """
        healthCheckTimeout: 90
        models:
          "Qwen2.5:7B":
            cmd: |
              llama-server --port ${PORT} -m /models/qwen2.5-7b-q4_k_m.gguf -c 8192
            aliases: ["gpt-4o-mini"]
            ttl: 300
            concurrencyLimit: 2
          "whisper":
            cmd: whisper-server --port ${PORT}
            proxy: http://127.0.0.1:9233
            useModelName: large
        groups: {fast: {members: ["whisper"]}}
        """

    private func imported(local: Bool = false) throws -> ImportedSettings {
        let file = FileManager.default.temporaryDirectory.path + "/muster-import-\(UUID().uuidString).yaml"
        try Data(Self.yaml.utf8).write(to: URL(fileURLWithPath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        return try ForeignConfiguration(path: file).imported(server: "http://127.0.0.1:9292/v1", runsFilesHere: local)
    }

    @Test func modelsStayBehindLlamaSwap() throws {
        let imported = try imported()
        let file = SettingsFile(text: imported.yaml, name: "imported", environment: [:])
        #expect(file.problems.filter { $0.severity == .error }.map(\.sentence) == [])
        let first = try #require(file.settings.experts.first)
        #expect(first.card.id == "qwen2.5-7b" && first.card.model == "Qwen2.5:7B" && first.card.context == 8_192)
        #expect(first.baseURL == "http://127.0.0.1:9292/v1" && first.card.concurrent == 2)
        let alias = try #require(file.settings.routes.first { $0.name == "gpt-4o-mini" })
        #expect(alias.routing.members == ["qwen2.5-7b"])
        #expect(imported.notes.contains("llama-swap goes on starting the servers: keep it running at http://127.0.0.1:9292/v1."))
        #expect(imported.notes.contains("groups stays with llama-swap."))
        #expect(imported.notes.contains("models.whisper.useModelName was left out."))
    }

    @Test func filesCanBeRunHereInstead() throws {
        let imported = try imported(local: true)
        let file = SettingsFile(text: imported.yaml, name: "imported", environment: [:])
        let first = try #require(file.settings.experts.first)
        #expect(first.card.kind == .local && first.card.model == "/models/qwen2.5-7b-q4_k_m.gguf")
        #expect(imported.notes.contains("models.whisper: its command names no GGUF file; llama-swap runs it."))
    }
}
