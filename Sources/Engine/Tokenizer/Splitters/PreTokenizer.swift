/// How a model family cuts text before it merges bytes, found by the name its GGUF file gives.
public struct PreTokenizer: Sendable {
    /// What a piece that is a token as a whole becomes.
    package enum WholePieces: Sendable {
        /// What the merges make of it.
        case merged
        /// That token, whatever the merges would make of it: `ignore_merges` in a `tokenizer.json`.
        case kept
    }

    /// Cuts text into pieces.
    package let splitter: any Splitter

    /// What a piece that is a token as a whole becomes.
    package let wholePieces: WholePieces

    /// A pre-tokenizer of one's own making.
    package init(splitter: any Splitter, wholePieces: WholePieces = .merged) {
        self.splitter = splitter
        self.wholePieces = wholePieces
    }

    /// The pre-tokenizer that `tokenizer.ggml.pre` names. Throws `TokenizerRefusal` for one that is not known.
    public init(named name: String) throws(TokenizerRefusal) {
        switch name {
        case "gpt-2", "olmo": self.init(splitter: GPT2Splitter())
        case "llama-bpe": self.init(splitter: Llama3Splitter(), wholePieces: .kept)
        case "dbrx": self.init(splitter: Llama3Splitter())
        case "qwen2": self.init(splitter: Qwen2Splitter())
        default: throw .unknownPreTokenizer(found: name, known: Self.names)
        }
    }

    /// The names known.
    public static let names = ["dbrx", "gpt-2", "llama-bpe", "olmo", "qwen2"]
}
