import Core
import Settings
import Testing

/// What LiteLLM takes and our settings would refuse.
struct LiteLLMBoundsTests {
    @Test func numbersAreBroughtWithinBoundsAndThatIsSaid() throws {
        let read = try Importing.litellm(
            "{model_name: a, litellm_params: {model: openai/a, num_retries: 15, max_parallel_requests: 100000, "
                + "timeout: 0.0004}}",
            "{model_name: b, litellm_params: {model: openai/b, timeout: 1e9, input_cost_per_token: 3}, "
                + "model_info: {max_input_tokens: 999999999999, max_output_tokens: 99999999}}")
        #expect(read.errors == [])
        let a = try read.expert("a")
        #expect(a.retries == 10 && a.card.concurrent == 10_000 && a.clocks.total == .milliseconds(1))
        let b = try read.expert("b")
        #expect(b.clocks.total == .seconds(86_400) && b.card.context == 100_000_000 && b.card.price.input == 100_000)
        #expect(b.maximumOutput == 10_000_000)
        for sentence in [
            "model_list[0] (a): num_retries: 15 does not fit, it goes from 0 to 10 here; 10 was written.",
            "model_list[0] (a): max_parallel_requests: 100000 does not fit, it goes from 1 to 10000 here; 10000 was written.",
            "model_list[0] (a): timeout: 0.0004 does not fit, it goes from 0.001 to 86400.0 here; 0.001 was written.",
        ] {
            #expect(read.notes.contains(sentence), "\(read.notes)")
        }
    }

    @Test func whatIsSaidForAllModelsIsNotedOnce() throws {
        let read = try Importing.litellm(
            "{model_name: a, litellm_params: {model: openai/a}}", "{model_name: b, litellm_params: {model: openai/b}}",
            beside: "litellm_settings: {num_retries: 50, request_timeout: 600}\nrouter_settings: {timeout: 30}")
        #expect(read.errors == [] && read.settings.experts.map(\.retries) == [10, 10])
        #expect(read.settings.experts.map(\.clocks.total) == [.seconds(30), .seconds(30)])
        #expect(read.notes.count { $0.hasPrefix("litellm_settings.num_retries: 50 does not fit") } == 1)
    }

    @Test func limitsBesideTheModelAreSaid() throws {
        let read = try Importing.litellm(
            "{model_name: a, rpm: 6, tpm: 100, extra: 1, litellm_params: {model: openai/a}}")
        #expect(read.hasNote("rpm is not set by hand here") && read.hasNote("tpm is not set by hand here"))
        #expect(read.notes.contains("model_list[0] (a): extra was left out."))
    }

    @Test func anAnswerAsLongAsTheContextIsSaid() throws {
        let read = try Importing.litellm(
            "{model_name: a, litellm_params: {model: openai/a, max_tokens: 4096}, model_info: {max_tokens: 4096}}")
        #expect(read.errors == [] && read.hasNote("4096 tokens would leave no room"))
    }

    /// Whatever shape a file has, it is read or refused.
    @Test func nothingInAFileIsTrusted() throws {
        let values = [
            "", "~", "[]", "{}", "[[]]", "{a: {b: c}}", "-1", "1e400", "nan", "\"\"", "/", "a/", "/a", "\"\\n\"",
            "os.environ/", "${env.", "azure/", "\"\u{301}\"", "9999999999999999999999",
        ]
        let names = [
            "model", "api_base", "api_key", "custom_llm_provider", "max_tokens", "num_retries", "timeout",
            "input_cost_per_token", "max_parallel_requests",
        ]
        for value in values {
            for name in names {
                var parameters = ["model": "openai/m", "api_key": "k"]
                parameters[name] = value
                let written = parameters.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
                let name = value.isEmpty ? "x" : value
                let list = "{model_name: \(name), litellm_params: {\(written.joined(separator: ", "))}}"
                _ = try? Importing.litellm(
                    list, "{model_name: ok, litellm_params: {model: openai/m}}",
                    beside: "litellm_settings: {fallbacks: [{ok: \(value)}, \(value)]}\nrouter_settings: \(value)")
            }
        }
    }
}
