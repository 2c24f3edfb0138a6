import Core
import Settings
import Testing

/// Keys that LiteLLM's users write, and those that it finds by itself.
struct LiteLLMKeyTests {
    @Test func aModelWithoutAKeyHasItsProviders() throws {
        let read = try Importing.litellm(
            "{model_name: a, litellm_params: {model: openai/gpt-4o-mini}}",
            "{model_name: b, litellm_params: {model: anthropic/claude}}",
            "{model_name: c, litellm_params: {model: groq/llama}}",
            "{model_name: d, litellm_params: {model: ollama/llama3}}")
        #expect(read.errors == [])
        #expect(
            read.settings.experts.map { $0.key?.variable }
                == ["OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GROQ_API_KEY", nil])
        #expect(
            read.notes.contains(
                "model_list[0] (a): it names no api_key; as with LiteLLM, OPENAI_API_KEY must hold it."))
    }

    @Test func aKeyOfOpenAIsGoesToNobodyElse() throws {
        let read = try Importing.litellm(
            "{model_name: a, litellm_params: {model: openai/m, api_base: \"http://127.0.0.1:1/v1\"}}")
        #expect(try read.expert("a").key == nil)
        #expect(read.hasNote("LiteLLM would send OPENAI_API_KEY to its api_base; nothing is sent here"))
    }

    @Test func aVariableThatNoneMayBeCalledGetsTheNearestName() throws {
        let read = try Importing.litellm(
            "{model_name: a, litellm_params: {model: openai/m, api_key: os.environ/MY-KEY}}",
            beside: "general_settings: {master_key: os.environ/1-KEY}")
        #expect(read.errors == [])
        #expect(try read.expert("a").key?.variable == "MY_KEY")
        #expect(read.settings.server.keys.map(\.variable) == ["_1_KEY"])
        #expect(
            read.notes.contains(
                "model_list[0] (a): its api_key: MY-KEY is no name of a variable here; export it as MY_KEY."))
        #expect(read.hasNote("general_settings.master_key: 1-KEY is no name"))
    }

    @Test func twoKeysOfTheFileNeverShareAVariable() throws {
        let read = try Importing.litellm(
            "{model_name: a.b, litellm_params: {model: openai/m, api_key: one}}",
            "{model_name: a-b, litellm_params: {model: openai/m, api_key: two}}")
        #expect(read.settings.experts.map { $0.key?.variable } == ["A_B_KEY", "A_B_2_KEY"])
    }
}
