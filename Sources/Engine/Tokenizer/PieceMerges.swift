/// The merges of a SentencePiece vocabulary: two neighbours become one when the vocabulary has their text, and the pair
/// whose text has the highest score goes first.
///
/// Source: `bpe_model.cc` of SentencePiece (arXiv:1808.06226), as llama.cpp does it for `tokenizer.ggml.model: llama`.
struct PieceMerges: Sendable {
    private let vocabulary: Vocabulary
    private let scores: [Float]
    /// Token of each byte, 256, for what has no token of its own.
    private let byteTokens: [Int]
    /// Bytes of the longest token: a longer text is not looked up.
    private let longest: Int

    /// Stands for a character without a token, in a chain of symbols.
    private static let unmatched: Int32 = -1

    /// One score for each token, none of them NaN; 256 byte tokens.
    init(vocabulary: Vocabulary, scores: [Float], byteTokens: [Int]) {
        precondition(scores.count == vocabulary.count && byteTokens.count == 256, "a score for each token, 256 bytes")
        self.vocabulary = vocabulary
        self.scores = scores
        self.byteTokens = byteTokens
        longest = (0..<vocabulary.count).lazy.map { vocabulary.byteCount(of: $0) }.max() ?? 0
    }

    /// Appends the ids of a text whose spaces are marks already.
    func encode(_ text: [UInt8], into ids: inout [Int]) {
        // A character begins at each byte that does not continue one.
        var starts = text.indices.filter { text[$0] & 0xC0 != 0x80 }
        starts.append(text.count)
        let symbols = zip(starts, starts.dropFirst()).map { start, end in
            vocabulary.id(of: text[start..<end]) ?? Self.unmatched
        }
        var chain = SymbolChain(symbols: symbols, starts: starts)
        chain.mergeAll { _, _, bytes in
            guard bytes.count <= longest, let id = vocabulary.id(of: text[bytes]) else { return nil }
            return SymbolChain.Merge(order: -Double(scores[Int(id)]), symbol: id)
        }
        for (symbol, bytes) in chain.row {
            if symbol == Self.unmatched {
                ids.append(contentsOf: text[bytes].map { byteTokens[Int($0)] })
            } else {
                ids.append(Int(symbol))
            }
        }
    }
}
