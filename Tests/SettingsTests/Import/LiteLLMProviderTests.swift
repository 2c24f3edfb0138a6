import Core
import Settings
import Testing

/// Who is asked for a model of LiteLLM's, and by which name.
struct LiteLLMProviderTests {
    @Test func aDeploymentOfAzuresIsAskedByItsOpenAIAPI() throws {
        let read = try Importing.litellm(
            "{model_name: a, litellm_params: {model: azure/gpt-35-eu, api_base: \"https://openai-eu.openai.azure.com/\", "
                + "api_version: \"2023-07-01-preview\", api_key: os.environ/AZURE_API_KEY_EU}}",
            "{model_name: b, litellm_params: {model: azure/o_series/o3, api_base: "
                + "\"https://x.openai.azure.com/openai/deployments/o3?api-version=1\"}}",
            "{model_name: c, litellm_params: {model: azure/gpt-4o}}")
        #expect(read.errors == [])
        let first = try read.expert("a")
        #expect(first.baseURL == "https://openai-eu.openai.azure.com/openai/v1" && first.card.model == "gpt-35-eu")
        #expect(first.key?.variable == "AZURE_API_KEY_EU")
        let second = try read.expert("b")
        #expect(second.baseURL == "https://x.openai.azure.com/openai/v1" && second.card.model == "o3")
        #expect(second.key?.variable == "AZURE_API_KEY")
        #expect(read.imported.yaml.contains("base_url: \"${env.AZURE_API_BASE}/openai/v1\""))
        #expect(read.hasNote("deployment gpt-35-eu is asked by Azure's v1 API", "bearer token"))
    }

    @Test func aProviderThatImitatesOpenAIsLosesItsPrefix() throws {
        let read = try Importing.litellm(
            "{model_name: q, litellm_params: {model: dashscope/qwen-turbo, api_key: os.environ/DASH, "
                + "api_base: \"https://dashscope.aliyuncs.com/compatible-mode/v1\"}}")
        #expect(try read.expert("q").card.model == "qwen-turbo")
        #expect(try read.expert("q").baseURL == "https://dashscope.aliyuncs.com/compatible-mode/v1")
    }

    @Test func aProviderWithAFormatOfItsOwnIsLeftOutAtAnyAddress() throws {
        let read = try Importing.litellm(
            "{model_name: bed, litellm_params: {model: bedrock/anthropic.claude-v2, api_base: \"https://b.example\"}}",
            "{model_name: ok, litellm_params: {model: groq/llama, api_key: os.environ/G}}")
        #expect(read.ids == ["ok"])
        #expect(
            read.notes.contains(
                "model_list[0] (bed): provider bedrock speaks none of the formats known here (openai, anthropic, ollama)."
            ))
    }

    @Test func aProviderBesideTheModelLeavesItsNameWhole() throws {
        let read = try Importing.litellm(
            "{model_name: mixtral, litellm_params: {model: mistralai/Mixtral-8x7B-Instruct-v0.1, "
                + "custom_llm_provider: openai, api_base: \"http://127.0.0.1:9100/v1\", api_key: none}}",
            "{model_name: again, litellm_params: {model: groq/llama, custom_llm_provider: groq}}",
            "{model_name: hf, litellm_params: {model: mistralai/Mistral, api_base: \"http://127.0.0.1:9100/v1\"}}")
        #expect(try read.expert("mixtral").card.model == "mistralai/Mixtral-8x7B-Instruct-v0.1")
        #expect(try read.expert("again").card.model == "llama")
        #expect(try read.expert("hf").card.model == "mistralai/Mistral")
        #expect(read.hasNote("mistralai is no provider that is known here", "for mistralai/Mistral."))
    }

    @Test func theModeSaysWhatAModelIsFor() throws {
        let modes = ["image_generation", "audio_transcription", "audio_speech", "rerank", "moderation"]
        var list = "model_list:\n"
        for mode in ["chat", "embedding"] + modes {
            list += "  - {model_name: \(mode), litellm_params: {model: openai/m}, model_info: {mode: \(mode)}}\n"
        }
        let read = try Importing(list)
        #expect(read.errors == [] && read.ids == ["chat", "embedding"])
        #expect(try read.expert("embedding").embeds && !read.expert("chat").embeds)
        for mode in modes { #expect(read.hasNote("(\(mode)): its mode is \(mode);", "left out")) }
    }

    @Test func aVariableInPlaceOfAModelIsSaid() throws {
        let read = try Importing.litellm(
            "{model_name: e, litellm_params: {model: os.environ/MY_MODEL, api_base: os.environ/MY_BASE}}",
            "{model_name: f, litellm_params: {model: os.environ/OTHER}}")
        #expect(read.ids == ["e"] && read.imported.yaml.contains("model: \"${env.MY_MODEL}\"\n"))
        #expect(read.hasNote("(e): the variable that names its model must hold what its server calls it"))
        #expect(read.hasNote("(f): a variable names its model and provider"))
    }

    @Test func anAddressWithAPasswordIsNeverRepeated() throws {
        let read = try Importing.litellm(
            "{model_name: a, litellm_params: {model: openai/a, api_base: \"http://user:secret@127.0.0.1:1/v1\"}}",
            "{model_name: b, litellm_params: {model: \"openai/b${env.HOME}\"}}",
            "{model_name: c, litellm_params: {model: openai/c}}")
        #expect(read.ids == ["c"] && !(read.imported.yaml + read.notes.joined()).contains("secret"))
        #expect(read.hasNote("(a): its api_base is no address here") && read.hasNote("(b): its model holds ${env.…}"))
    }
}
