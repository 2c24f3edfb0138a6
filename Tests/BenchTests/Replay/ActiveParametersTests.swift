import Bench
import Testing

/// A model's name, or its makers, say how many parameters work on a token.
struct ActiveParametersTests {
    @Test(arguments: [
        ("Meta-Llama-3_1-8B-Instruct", 8.0), ("Qwen2.5-0.5B", 0.5), ("mistralai/Mixtral-8x7B-Instruct-v0.1", 12.9),
        ("Qwen3-30B-A3B", 3), ("DeepSeek-Coder-V2-0724", 21), ("Phi-3-mini-4k-instruct", 3.8),
        ("gemma-2-27b-it@together", 27),
        ("jamba-1.5-large", 94),
        ("Yi-6b-Chat", 6),
    ])
    func isReadOffTheName(name: String, billions: Double) {
        #expect(ActiveParameters.billions(of: name) == billions)
    }

    @Test(arguments: ["gpt-4o-2024-08-06", "claude-3-opus-20240229", "gemini-1.5-pro", "web", ""])
    func isUnknownWhereNobodySays(name: String) {
        #expect(ActiveParameters.billions(of: name) == nil)
    }
}
