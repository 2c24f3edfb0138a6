/// Turns text into the tokens of an encoder of the BERT family (arXiv:1810.04805): words and marks, each cut into the
/// longest pieces that the vocabulary has (arXiv:1609.08144).
///
/// `[CLS]`, the tokens, `[SEP]`. Names of special tokens in a text are read as those tokens, as the family's own
/// tokenizers do. The work grows with the text up to where the tokens suffice, and no faster.
public struct WordPieceTokenizer: Sendable {
    /// Number of tokens of the vocabulary.
    public var tokenCount: Int { vocabulary.count }

    private let vocabulary: WordPieceVocabulary
    private let settings: WordPieceSettings
    private let unknown: Int32
    private let beginning: Int32
    private let end: Int32
    private let special: [(name: String, token: Int32)]

    /// A tokenizer of `pieces`, where piece `i` is token `i`.
    package init(pieces: [String], settings: WordPieceSettings = WordPieceSettings()) throws(SentenceEncoderRefusal) {
        let vocabulary = try WordPieceVocabulary(pieces, continuationMark: settings.continuationMark)
        func token(_ name: String) throws(SentenceEncoderRefusal) -> Int32 {
            guard let token = vocabulary.beginning(Array(name.utf8)[...]) else {
                throw .tokenizer("the vocabulary lacks \(name)")
            }
            return token
        }
        unknown = try token(WordPieceSettings.unknown)
        beginning = try token(WordPieceSettings.beginning)
        end = try token(WordPieceSettings.end)
        special = WordPieceSettings.special.compactMap { name in
            vocabulary.beginning(Array(name.utf8)[...]).map { (name, $0) }
        }
        self.vocabulary = vocabulary
        self.settings = settings
    }

    /// At most `limit` tokens of `text`, at least 2: what is behind them is left out.
    public func encode(_ text: String, limit: Int = 256) -> [Int32] {
        precondition(limit >= 2, "the first and the last token have room")
        var tokens = [beginning]
        var words = BasicWords(text, settings: settings, special: special.map(\.name))
        while tokens.count < limit - 1, let word = words.next() {
            switch word {
            case .special(let index): tokens.append(special[index].token)
            case .word(let letters): append(letters, to: &tokens, limit: limit - 1)
            }
        }
        tokens.append(end)
        return tokens
    }

    /// The pieces of a word, the longest first that fits; of one that cannot be cut, the token of the unknown.
    private func append(_ word: [UInt8], to tokens: inout [Int32], limit: Int) {
        let count = tokens.count
        // The first byte of a character is no continuation byte.
        guard word.count <= 4 * settings.longestWord,
            word.count(where: { $0 & 0xC0 != 0x80 }) <= settings.longestWord
        else {
            tokens.append(unknown)
            return
        }
        var start = 0
        while start < word.count {
            var end = min(word.count, start + vocabulary.longest)
            while end > start {
                let piece = word[start..<end]
                let isWhole = end == word.count || word[end] & 0xC0 != 0x80
                if isWhole, let token = start == 0 ? vocabulary.beginning(piece) : vocabulary.continuation(piece) {
                    tokens.append(token)
                    break
                }
                end -= 1
            }
            guard end > start else {
                tokens.removeSubrange(count...)
                tokens.append(unknown)
                return
            }
            start = end
        }
        if tokens.count > limit { tokens.removeSubrange(limit...) }
    }
}
