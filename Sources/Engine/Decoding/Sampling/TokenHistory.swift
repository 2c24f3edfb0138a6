/// Remembers the tokens that penalties speak of.
///
/// Two counts, because the penalties come from two places. OpenAI's frequency and presence penalties count the answer
/// so far and never the prompt. The repetition penalty looks at the latest tokens of prompt and answer together, as in
/// llama.cpp.
struct TokenHistory: Sendable {
    /// How often each token stands in the answer.
    private(set) var answer: [Int: Int] = [:]

    /// How often each token stands among the recent ones.
    private(set) var recent: [Int: Int] = [:]

    /// The recent tokens; when full, `oldest` is the place of the one that goes next.
    private var ring: [Int] = []
    private var oldest = 0
    private let window: Int

    /// The history at the end of a prompt; `window` is how many tokens are recent.
    init(prompt: some BidirectionalCollection<Int>, window: Int) {
        self.window = window
        for token in prompt.suffix(window) {
            remember(token)
        }
    }

    /// Counts the next token of the answer.
    mutating func record(_ token: Int) {
        answer[token, default: 0] += 1
        remember(token)
    }

    private mutating func remember(_ token: Int) {
        guard window > 0 else { return }
        recent[token, default: 0] += 1
        guard ring.count == window else {
            ring.append(token)
            return
        }
        let leaving = ring[oldest]
        ring[oldest] = token
        oldest = (oldest + 1) % window
        if let count = recent[leaving] {
            recent[leaving] = count > 1 ? count - 1 : nil
        }
    }
}
