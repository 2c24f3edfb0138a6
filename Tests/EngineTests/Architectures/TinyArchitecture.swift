extension TinyModel {
    /// The kinds of model that can be written: every architecture of the engine, and its variants where they take
    /// other paths.
    enum Architecture: String, CaseIterable {
        case llama
        /// Llama with experts.
        case mixtral
        case olmoe
        case qwen2
        case qwen2moe
        case qwen3
        case qwen3moe
        case granite
        /// With a shared expert.
        case granitemoe
        /// Queries made directly, softmax, two shared experts.
        case deepseekV2
        /// Queries through a latent of their own, sigmoid with a bias, groups, renormalised weights.
        case deepseekV3
        case gptOSS
        case gemma3

        /// What files call it.
        var fileName: String {
            switch self {
            case .mixtral: "llama"
            case .deepseekV2, .deepseekV3: "deepseek2"
            case .gptOSS: "gpt-oss"
            default: rawValue
            }
        }

        var isMixture: Bool {
            switch self {
            case .llama, .qwen2, .qwen3, .granite, .gemma3: false
            default: true
            }
        }

        /// Whether keys and values are kept as one short vector of each token.
        var isLatent: Bool { self == .deepseekV2 || self == .deepseekV3 }

        /// Those with weight experts.
        static var mixtures: [Self] { allCases.filter { $0.isMixture } }
    }
}
