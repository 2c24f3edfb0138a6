import Core

/// Where a provider that LiteLLM knows by name is reached, which format it speaks, and which variable holds its key.
///
/// Source: LiteLLM's documentation of its providers.
struct ProviderAddress {
    var kind: ExpertKind
    /// Nil where the address has to be written: it is the user's own server.
    var baseURL: String?
    /// The variable that LiteLLM reads if a model names no key; nil where none is needed.
    var keyVariable: String?

    /// Nil for a provider that speaks none of our formats.
    init?(litellm provider: String) {
        guard let known = Self.known[provider] else { return nil }
        self = known
    }

    /// A server that imitates OpenAI's, as most do.
    static let unnamed = ProviderAddress(.openai)

    /// True for what LiteLLM takes for a provider in front of a model's name, whether or not it is known how to ask it.
    static func isProvider(_ name: String) -> Bool { known[name] != nil || foreign.contains(name) }

    /// True for a provider that speaks none of our formats, at whatever address.
    static func isForeign(_ name: String) -> Bool { foreign.contains(name) }

    private init(_ kind: ExpertKind, _ baseURL: String? = nil, key: String? = nil) {
        self.kind = kind
        self.baseURL = baseURL
        keyVariable = key
    }

    private static let known: [String: ProviderAddress] = [
        "openai": .init(.openai, "https://api.openai.com/v1", key: "OPENAI_API_KEY"),
        "text-completion-openai": .init(.openai, "https://api.openai.com/v1", key: "OPENAI_API_KEY"),
        "azure": .init(.openai, key: "AZURE_API_KEY"),
        "anthropic": .init(.anthropic, key: "ANTHROPIC_API_KEY"), "ollama": .init(.ollama),
        "ollama_chat": .init(.ollama),
        "openrouter": .init(.openai, "https://openrouter.ai/api/v1", key: "OPENROUTER_API_KEY"),
        "groq": .init(.openai, "https://api.groq.com/openai/v1", key: "GROQ_API_KEY"),
        "mistral": .init(.openai, "https://api.mistral.ai/v1", key: "MISTRAL_API_KEY"),
        "deepseek": .init(.openai, "https://api.deepseek.com/v1", key: "DEEPSEEK_API_KEY"),
        "together_ai": .init(.openai, "https://api.together.xyz/v1", key: "TOGETHERAI_API_KEY"),
        "fireworks_ai": .init(.openai, "https://api.fireworks.ai/inference/v1", key: "FIREWORKS_AI_API_KEY"),
        "xai": .init(.openai, "https://api.x.ai/v1", key: "XAI_API_KEY"),
        "perplexity": .init(.openai, "https://api.perplexity.ai", key: "PERPLEXITYAI_API_KEY"),
        "cerebras": .init(.openai, "https://api.cerebras.ai/v1", key: "CEREBRAS_API_KEY"),
        "deepinfra": .init(.openai, "https://api.deepinfra.com/v1/openai", key: "DEEPINFRA_API_KEY"),
        "nvidia_nim": .init(.openai, "https://integrate.api.nvidia.com/v1", key: "NVIDIA_NIM_API_KEY"),
        "gemini": .init(.openai, "https://generativelanguage.googleapis.com/v1beta/openai", key: "GEMINI_API_KEY"),
        "dashscope": .init(
            .openai, "https://dashscope-intl.aliyuncs.com/compatible-mode/v1", key: "DASHSCOPE_API_KEY"),
        "moonshot": .init(.openai, "https://api.moonshot.ai/v1", key: "MOONSHOT_API_KEY"),
        "sambanova": .init(.openai, "https://api.sambanova.ai/v1", key: "SAMBANOVA_API_KEY"),
        "meta_llama": .init(.openai, "https://api.llama.com/compat/v1", key: "LLAMA_API_KEY"),
        "hyperbolic": .init(.openai, "https://api.hyperbolic.xyz/v1", key: "HYPERBOLIC_API_KEY"),
        "databricks": .init(.openai, key: "DATABRICKS_API_KEY"),
        "litellm_proxy": .init(.openai, key: "LITELLM_PROXY_API_KEY"),
        "hosted_vllm": .unnamed, "vllm": .unnamed, "lm_studio": .unnamed, "llamafile": .unnamed,
        "openai_like": .unnamed, "custom_openai": .unnamed, "xinference": .unnamed,
    ]

    private static let foreign: Set<String> = [
        "ai21", "ai21_chat", "aleph_alpha", "anthropic_text", "assemblyai", "azure_ai", "azure_text", "baseten",
        "bedrock", "bedrock_converse", "clarifai", "cloudflare", "cohere", "cohere_chat", "custom", "deepgram",
        "elevenlabs", "fal_ai", "gigachat", "github_copilot", "huggingface", "infinity", "jina_ai", "langgraph",
        "maritalk", "nlp_cloud", "oci", "oobabooga", "palm", "petals", "predibase", "recraft", "replicate",
        "sagemaker", "sagemaker_chat", "sap", "snowflake", "stability", "topaz", "triton", "vertex_ai",
        "vertex_ai_beta", "voyage", "watsonx", "watsonx_text",
    ]
}
