/// Tokenizes with byte pairs, as the models of the GPT-2, Llama 3 and Qwen families do.
///
/// A text is cut four times: at user-defined and control tokens, into pieces by the pre-tokenizer, into bytes, and the
/// bytes of each piece grow together again by the merges. Laws: `decode(encode(text))` is the text; every id is in the
/// vocabulary; the time is O(n log n) in the length of the text, whatever it holds. Source: arXiv:1508.07909, GPT-2.
public struct BytePairTokenizer: Tokenizer {
    private let vocabulary: Vocabulary
    private let merges: BytePairMerges
    private let preTokenizer: PreTokenizer

    /// Throws `TokenizerRefusal` for lists that do not go together.
    ///
    /// - Parameters:
    ///   - tokens: the vocabulary in the order of ids; normal tokens in the byte alphabet, others in plain text.
    ///   - merges: pairs with a space between, the first merged first.
    ///   - tokenTypes: numbers of `tokenizer.ggml.token_type`, one for each token, or none.
    ///   - controls: ids that are control tokens whatever their type: beginning, end, end of turn.
    public init(
        tokens: [String], merges: [String], tokenTypes: [Int] = [], controls: [Int] = [],
        preTokenizer: PreTokenizer
    ) throws(TokenizerRefusal) {
        let kinds = try TokenKind.kinds(of: tokenTypes, tokenCount: tokens.count, controls: controls)
        var texts = TextRow(count: tokens.count)
        var isText = [Bool](repeating: true, count: tokens.count)
        for (id, token) in tokens.enumerated() {
            try texts.append { bytes in
                // A normal token with a character outside the alphabet cannot come of merges; it stands for its own
                // text.
                isText[id] = kinds[id] == .normal && ByteAlphabet.append(token.utf8, to: &bytes)
                if !isText[id] { bytes.append(contentsOf: token.utf8) }
            }
        }
        vocabulary = try Vocabulary(texts: texts, kinds: kinds, isText: { isText[$0] })
        self.merges = try BytePairMerges(merges, vocabulary: vocabulary)
        self.preTokenizer = preTokenizer
    }

    public var tokenCount: Int { vocabulary.count }

    public func encode(_ text: String, marks: MarkReading) -> [Int] {
        let bytes = Array(text.utf8)
        var ids: [Int] = []
        for stretch in vocabulary.stretches(of: bytes, marks: marks) {
            switch stretch {
            case .mark(let id): ids.append(id)
            case .text(let range): encode(bytes[range], into: &ids)
            }
        }
        return ids
    }

    public func bytes(of id: Int) -> [UInt8]? { vocabulary.bytes(of: id) }

    public func decode(_ ids: [Int]) -> [UInt8] {
        ids.flatMap { vocabulary.isHidden($0) ? [] : vocabulary.bytes(of: $0) ?? [] }
    }

    private func encode(_ stretch: ArraySlice<UInt8>, into ids: inout [Int]) {
        for piece in preTokenizer.splitter.pieces(of: ScalarRow(stretch)) {
            if case .kept = preTokenizer.wholePieces, let id = vocabulary.id(of: stretch[piece]) {
                ids.append(Int(id))
            } else {
                merges.encode(stretch[piece], into: &ids)
            }
        }
    }
}
