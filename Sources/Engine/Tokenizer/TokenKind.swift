/// What a token is for, with the numbers of `tokenizer.ggml.token_type` in the GGUF specification.
enum TokenKind: Int, Sendable {
    /// A piece of text.
    case normal = 1

    /// Stands for what the vocabulary cannot say.
    case unknown = 2

    /// Steers the model and is no text: the end of a turn.
    case control = 3

    /// Text that is always one token, whatever the merges say.
    case userDefined = 4

    /// A place kept free.
    case unused = 5

    /// One byte, written `<0x0A>`.
    case byte = 6

    /// The kinds of `types`, one for each token; `controls` are control tokens whatever their type says, as files
    /// converted by older tools call the end of a turn normal text. No types at all: every token is normal.
    static func kinds(
        of types: [Int], tokenCount: Int, controls: [Int]
    ) throws(TokenizerRefusal) -> [TokenKind] {
        // Symbols that merges name and the vocabulary lacks are numbered behind the tokens, within 32 bits as well.
        let most = Int(Int32.max) / 4
        guard (1...most).contains(tokenCount) else { throw .tokenCount(found: tokenCount, most: most) }
        guard types.isEmpty || types.count == tokenCount else {
            throw .lengths(what: "token types", found: types.count, expected: tokenCount)
        }
        var kinds: [TokenKind] = []
        kinds.reserveCapacity(tokenCount)
        for (id, type) in types.enumerated() {
            // 0 is "undefined" in the specification; its tokens are text.
            guard let kind = type == 0 ? .normal : TokenKind(rawValue: type) else {
                throw .tokenType(id: id, found: type)
            }
            kinds.append(kind)
        }
        if kinds.isEmpty { kinds = Array(repeating: .normal, count: tokenCount) }
        for id in controls {
            guard kinds.indices.contains(id) else { throw .outsideVocabulary(id: id, tokenCount: tokenCount) }
            kinds[id] = .control
        }
        return kinds
    }
}
