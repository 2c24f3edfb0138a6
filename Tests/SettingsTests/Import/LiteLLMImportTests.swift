import Core
import Foundation
import Settings
import Testing

/// Configurations as LiteLLM's documentation and its users write them.
struct LiteLLMImportTests {
    private func imported(_ yaml: String) throws -> ImportedSettings {
        let file = FileManager.default.temporaryDirectory.path + "/muster-import-\(UUID().uuidString).yaml"
        try Data(yaml.utf8).write(to: URL(fileURLWithPath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        return try ForeignConfiguration(path: file).imported()
    }

    private static let whole = """
        model_list:
          - model_name: gpt-4o
            litellm_params:
              model: openai/gpt-4o
              api_key: os.environ/OPENAI_API_KEY
              rpm: 100
            model_info: {max_input_tokens: 128000, max_output_tokens: 16384, supports_vision: true}
          - model_name: claude
            litellm_params:
              model: claude-sonnet-4-5
              api_key: sk-secret-in-the-file
              input_cost_per_token: 0.000003
              output_cost_per_token: 0.000015
          - model_name: local
            litellm_params: {model: ollama/llama3, api_base: "http://127.0.0.1:11434", timeout: 300}
          - model_name: local
            litellm_params: {model: hosted_vllm/org/model, api_base: os.environ/VLLM_BASE, max_parallel_requests: 4}
          - model_name: cloud
            litellm_params: {model: bedrock/anthropic.claude-v2}
        litellm_settings:
          num_retries: 3
          drop_params: true
          fallbacks: [{"claude": ["local", "gpt-4o"]}]
        general_settings: {master_key: os.environ/PROXY_KEY, database_url: "postgres://u:p@h/db"}
        """

    @Test func modelsBecomeExperts() throws {
        let yaml = try imported(Self.whole).yaml
        for line in [
            "  gpt-4o:", "    base_url: \"https://api.openai.com/v1\"", "    api_key: \"${env.OPENAI_API_KEY}\"",
            "    model: \"gpt-4o\"", "    context: 128000", "    max_output: 16384", "    sees_images: true",
            "    kind: anthropic", "    model: \"claude-sonnet-4-5\"", "    price: {input: 3, output: 15}",
            "    kind: ollama", "    base_url: \"http://127.0.0.1:11434\"",
            "    limits: {retries: 3, timeout: 300000ms}",
            "    base_url: \"${env.VLLM_BASE}\"", "    model: \"org/model\"", "    limits: {concurrent: 4, retries: 3}",
            "  api_keys: [\"${env.PROXY_KEY}\"]",
        ] {
            #expect(yaml.contains(line + "\n"), "\(line)\n\(yaml)")
        }
    }

    @Test func aSharedNameAndAFallbackBecomeRoutes() throws {
        let yaml = try imported(Self.whole).yaml
        #expect(yaml.contains("  local: {strategy: random, seats: 1}\n"))
        #expect(yaml.contains("  local: {routing: local, experts: [local-1, local-4], fallback: local-4}\n"), "\(yaml)")
        #expect(yaml.contains("  claude: {routing: claude, experts: [claude-1], fallback: local-1}\n"), "\(yaml)")
    }

    @Test func whatIsWrittenIsAConfigurationOfOurs() throws {
        let yaml = try imported(Self.whole).yaml
        let environment = [
            "OPENAI_API_KEY": "k", "PROXY_KEY": "k", "VLLM_BASE": "http://127.0.0.1:9000/v1", "CLAUDE_1_KEY": "k",
            "CLAUDE_KEY": "k",
        ]
        let file = SettingsFile(text: yaml, name: "imported", environment: environment)
        #expect(file.problems.filter { $0.severity == .error }.map(\.sentence) == [])
        #expect(file.settings.experts.count == 4)
        #expect(Set(file.settings.routes.map(\.name.rawValue)).isSuperset(of: ["claude", "local"]))
    }

    @Test func noKeyOfTheFileIsEverRepeated() throws {
        let imported = try imported(Self.whole)
        #expect(!(imported.yaml + imported.notes.joined()).contains("sk-secret"))
        #expect(!(imported.yaml + imported.notes.joined()).contains("postgres"))
        #expect(
            imported.notes.contains(
                "model_list[1] (claude): its api_key stands in the file; export it as CLAUDE_KEY, keys are read from the "
                    + "environment."))
    }

    @Test func whatWasLeftOutIsSaid() throws {
        let notes = try imported(Self.whole).notes
        #expect(
            notes.contains(
                "model_list[4] (cloud): provider bedrock speaks none of the formats known here (openai, anthropic, ollama)."
            ))
        #expect(notes.contains("litellm_settings.drop_params was left out."))
        #expect(notes.contains("general_settings.database_url was left out."))
        #expect(notes.contains("fallbacks of claude: a route has one, gpt-4o left out."))
    }

    @Test func anotherFileIsRefused() throws {
        let fault = #expect(throws: Fault.self) { try imported("services: {web: {}}") }
        #expect(fault?.found == "it is neither a configuration of LiteLLM (model_list) nor of llama-swap (models)")
        let empty = #expect(throws: Fault.self) { try imported("model_list: [{model_name: a}]") }
        #expect(empty?.found == "no model in it could be taken over")
    }
}
