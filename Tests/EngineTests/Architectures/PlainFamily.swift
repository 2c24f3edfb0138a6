/// What sets the architectures apart that their files do not say, for the plain twin.
enum PlainFamily: String {
    case llama, olmoe, qwen2, qwen2moe, qwen3, qwen3moe, granite, granitemoe, deepseek2
    case gptOSS = "gpt-oss"
    case gemma3

    /// Whether numbers 2i and 2i + 1 turn together, or i and i + half.
    var turnsNeighbours: Bool {
        switch self {
        case .llama, .granite, .granitemoe, .deepseek2: true
        default: false
        }
    }

    /// Whether the weights of the chosen experts are made to sum to one; nil where the file says.
    var renormalises: Bool? {
        switch self {
        case .llama, .qwen3moe, .granitemoe: true
        case .deepseek2: nil
        default: false
        }
    }

    /// Whether the layer sees only a window, where the file names one.
    func seesWindow(layer: Int) -> Bool {
        switch self {
        case .gptOSS: layer % 2 == 0
        case .gemma3: layer % 6 != 5
        default: false
        }
    }
}
