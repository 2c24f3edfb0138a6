/// Text to tokens and back as one model's file wants it: its tokenizer, and the tokens that begin and end a text.
///
/// Built from the keys `tokenizer.ggml.…` of the GGUF specification. Two of them are not asked: `padding_token_id` and
/// `unknown_token_id` name tokens we never write, and are only held to the vocabulary; `remove_extra_whitespaces` is
/// for kinds of tokenizers that are refused here.
public struct TextCodec: Sendable {
    /// Turns text into ids and ids into text; adds nothing.
    public let tokenizer: any Tokenizer

    /// The token for the beginning of a text, where the file has one.
    public let beginning: Int?

    /// The token for the end of a text, where the file has one.
    public let ending: Int?

    /// The tokens after which an answer is complete; nothing, when the file names none.
    public let ends: Set<Int>

    /// Whether a prompt begins with the token `beginning`.
    public let addsBeginning: Bool

    /// Whether a prompt ends with the token `ending`.
    public let addsEnding: Bool

    /// Reads the vocabulary of a model. Throws `GGUFRefusal` for a key that is missing or wrong, `TokenizerRefusal` for
    /// lists that do not go together.
    public init(_ metadata: GGUFMetadata) throws {
        let listed = try ListedTokens(metadata)
        let ends = EndTokens.ids(in: listed.tokens, types: listed.types, named: listed.ends)
        let controls = Set(ends).union([listed.beginning, listed.ending].compactMap(\.self)).sorted()
        let adds: Bool
        switch listed.model {
        case .bytePairs:
            let preTokenizer = try PreTokenizer(named: listed.preTokenizer)
            adds = preTokenizer.beginning == .added
            tokenizer = try BytePairTokenizer(
                tokens: listed.tokens, merges: listed.merges, tokenTypes: listed.types, controls: controls,
                preTokenizer: preTokenizer)
        case .pieces:
            adds = true
            tokenizer = try PieceTokenizer(
                tokens: listed.tokens, scores: listed.scores, tokenTypes: listed.types, controls: controls,
                leadingSpace: listed.addsSpace ? .added : .left)
        }
        self.ends = ends
        beginning = listed.beginning
        ending = listed.ending
        addsBeginning = try listed.adds("tokenizer.ggml.add_bos_token", listed.beginning, usually: adds)
        addsEnding = try listed.adds("tokenizer.ggml.add_eos_token", listed.ending, usually: false)
    }

    /// The ids of a whole prompt: with the beginning where the model wants it, once, also when `text` has it already.
    public func encodePrompt(_ text: String, marks: MarkReading) -> [Int] {
        framed(tokenizer.encode(text, marks: marks))
    }

    /// The ids of a whole prompt, given those of its text.
    func framed(_ ids: [Int]) -> [Int] {
        var ids = ids
        if addsBeginning, let beginning, ids.first != beginning { ids.insert(beginning, at: 0) }
        if addsEnding, let ending, ids.last != ending { ids.append(ending) }
        return ids
    }

    /// What the beginning is written as in a chat template, `<s>`; nothing where there is none.
    public var beginningText: String { text(of: beginning) }

    /// What the end is written as in a chat template, `</s>`; nothing where there is none.
    public var endingText: String { text(of: ending) }

    private func text(of id: Int?) -> String {
        id.flatMap { tokenizer.bytes(of: $0) }.map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
