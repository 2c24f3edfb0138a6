import Core

/// Where a provider that LiteLLM knows by name is reached, and which format it speaks.
struct ProviderAddress {
    var kind: ExpertKind
    /// Nil where the address has to be written: it is the user's own server.
    var baseURL: String?

    /// Nil for a provider that speaks none of our formats.
    init?(litellm provider: String) {
        guard let known = Self.known[provider] else { return nil }
        self = known
    }

    private init(_ kind: ExpertKind, _ baseURL: String? = nil) {
        self.kind = kind
        self.baseURL = baseURL
    }

    private static let known: [String: ProviderAddress] = [
        "openai": .init(.openai, "https://api.openai.com/v1"), "anthropic": .init(.anthropic),
        "ollama": .init(.ollama), "ollama_chat": .init(.ollama),
        "openrouter": .init(.openai, "https://openrouter.ai/api/v1"),
        "groq": .init(.openai, "https://api.groq.com/openai/v1"),
        "mistral": .init(.openai, "https://api.mistral.ai/v1"),
        "deepseek": .init(.openai, "https://api.deepseek.com/v1"),
        "together_ai": .init(.openai, "https://api.together.xyz/v1"),
        "fireworks_ai": .init(.openai, "https://api.fireworks.ai/inference/v1"),
        "xai": .init(.openai, "https://api.x.ai/v1"), "perplexity": .init(.openai, "https://api.perplexity.ai"),
        "cerebras": .init(.openai, "https://api.cerebras.ai/v1"),
        "deepinfra": .init(.openai, "https://api.deepinfra.com/v1/openai"),
        "nvidia_nim": .init(.openai, "https://integrate.api.nvidia.com/v1"),
        "gemini": .init(.openai, "https://generativelanguage.googleapis.com/v1beta/openai"),
        "hosted_vllm": .init(.openai), "vllm": .init(.openai), "lm_studio": .init(.openai),
        "llamafile": .init(.openai), "openai_like": .init(.openai), "custom_openai": .init(.openai),
        "text-completion-openai": .init(.openai), "litellm_proxy": .init(.openai),
    ]
}
