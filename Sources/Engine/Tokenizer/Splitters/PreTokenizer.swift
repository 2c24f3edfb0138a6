/// How a model family cuts text before it merges bytes, found by the name its GGUF file gives.
public struct PreTokenizer: Sendable {
    /// What a piece that is a token as a whole becomes.
    package enum WholePieces: Sendable {
        /// What the merges make of it.
        case merged
        /// That token, whatever the merges would make of it: `ignore_merges` in a `tokenizer.json`.
        case kept
    }

    /// What stands in front of a prompt when the file does not say.
    package enum Beginning: Sendable {
        /// The token for the beginning of a text.
        case added
        case left
    }

    /// Cuts text into pieces.
    package let splitter: any Splitter

    /// What a piece that is a token as a whole becomes.
    package let wholePieces: WholePieces

    /// What stands in front of a prompt when the file does not say.
    package let beginning: Beginning

    /// A pre-tokenizer of one's own making.
    package init(splitter: any Splitter, wholePieces: WholePieces = .merged, beginning: Beginning = .left) {
        self.splitter = splitter
        self.wholePieces = wholePieces
        self.beginning = beginning
    }

    /// The pre-tokenizer that `tokenizer.ggml.pre` names. Throws `TokenizerRefusal` for one that is not known.
    public init(named name: String) throws(TokenizerRefusal) {
        guard let known = Self.known[name] else { throw .unknownPreTokenizer(found: name, known: Self.names) }
        self = known
    }

    /// The names known.
    public static let names = known.keys.sorted()

    /// Source of the names and of what is the same behind them: `llama-vocab.cpp` of llama.cpp.
    private static let known: [String: PreTokenizer] = {
        let gpt2 = PreTokenizer(splitter: GPT2Splitter())
        let singleDigits = PreTokenizer(splitter: SplitterChain([RunSplitter.digits(most: 1), GPT2Splitter()]))
        let llama3 = PreTokenizer(splitter: Llama3Splitter(), wholePieces: .kept, beginning: .added)
        let threeDigits = PreTokenizer(splitter: Llama3Splitter())
        let qwen2 = PreTokenizer(splitter: Qwen2Splitter())
        let deepSeek3 = PreTokenizer(splitter: DeepSeekSplitters.third)
        let cased = PreTokenizer(splitter: CasedWordSplitter(mostDigits: 3, contractions: .joined))
        let tekken = PreTokenizer(
            splitter: CasedWordSplitter(mostDigits: 1, contractions: .left), wholePieces: .kept, beginning: .added)
        let families: [(names: [String], preTokenizer: PreTokenizer)] = [
            (["default"], PreTokenizer(splitter: FalconSplitters.unnamed)),
            (["falcon"], PreTokenizer(splitter: FalconSplitters.falcon)),
            (["gpt-2", "olmo", "phi-2", "mpt", "jais", "trillion", "granite-docling", "exaone4", "gigachat"], gpt2),
            (["refact", "starcoder", "command-r", "smollm", "codeshell", "exaone", "minerva-7b"], singleDigits),
            (["llama-bpe", "llama3", "llama-v3", "falcon3", "falcon-h1", "pixtral", "lfm2"], llama3),
            (["dbrx", "smaug-bpe", "chatglm-bpe", "glm4"], threeDigits),
            (["qwen2", "deepseek-r1-qwen", "stablelm2", "hunyuan", "megrez", "solar-open", "grok-2"], qwen2),
            (["bailingmoe", "bailingmoe2", "llada-moe"], qwen2),
            (["deepseek-llm"], PreTokenizer(splitter: DeepSeekSplitters.chat)),
            (["deepseek-coder"], PreTokenizer(splitter: DeepSeekSplitters.coder)),
            (["deepseek-v3", "hunyuan-dense"], deepSeek3),
            (["gpt-4o", "llama4", "minimax-m2"], cased),
            (["tekken"], tekken),
        ]
        return Dictionary(families.flatMap { family in family.names.map { ($0, family.preTokenizer) } }) { $1 }
    }()
}
