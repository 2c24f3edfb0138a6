/// Tokenizes as SentencePiece does for the first Llama models: characters grow together into the pieces that score best.
///
/// A space is written `▁` (U+2581), also in front of the text where the model wants it; a character without a piece
/// becomes the tokens of its bytes. Laws: `decode(encode(text))` is the text, unless `▁` occurs in it, which comes back
/// as a space, or a control token, which is left out; every id is in the vocabulary; the time is O(n log n).
public struct PieceTokenizer: Tokenizer {
    /// Whether a space is put in front of a text and of what follows a control token.
    public enum LeadingSpace: Sendable {
        /// `tokenizer.ggml.add_space_prefix` is true or missing.
        case added
        case left
    }

    private let vocabulary: Vocabulary
    private let merges: PieceMerges
    private let leadingSpace: LeadingSpace

    /// The mark of a space, U+2581, in UTF-8.
    private static let spaceMark: [UInt8] = [0xE2, 0x96, 0x81]

    /// Throws `TokenizerRefusal` for lists that do not go together.
    ///
    /// - Parameters:
    ///   - tokens: the vocabulary in the order of ids, spaces as `▁`, bytes as `<0x0A>`.
    ///   - scores: one for each token; the highest merges first.
    ///   - tokenTypes: numbers of `tokenizer.ggml.token_type`, one for each token.
    ///   - controls: ids that are control tokens whatever their type: beginning, end.
    public init(
        tokens: [String], scores: [Float], tokenTypes: [Int], controls: [Int] = [],
        leadingSpace: LeadingSpace = .added
    ) throws(TokenizerRefusal) {
        guard scores.count == tokens.count else {
            throw .lengths(what: "scores", found: scores.count, expected: tokens.count)
        }
        if let id = scores.firstIndex(where: \.isNaN) { throw .score(id: id) }
        let kinds = try TokenKind.kinds(of: tokenTypes, tokenCount: tokens.count, controls: controls)
        var byteTokens = [Int?](repeating: nil, count: 256)
        var texts = TextRow(count: tokens.count)
        for (id, token) in tokens.enumerated() {
            try texts.append { bytes throws(TokenizerRefusal) in
                if kinds[id] == .byte {
                    guard let byte = Self.byte(named: token) else { throw .byteToken(id: id) }
                    byteTokens[Int(byte)] = id
                    bytes.append(byte)
                } else {
                    bytes.append(contentsOf: token.utf8)
                }
            }
        }
        if let missing = byteTokens.firstIndex(of: nil) { throw .missingByte(UInt8(missing)) }
        vocabulary = try Vocabulary(texts: texts, kinds: kinds, isText: { _ in true })
        guard vocabulary.id(of: Self.spaceMark[...]) != nil else { throw .missingSpaceMark }
        merges = PieceMerges(vocabulary: vocabulary, scores: scores, byteTokens: byteTokens.compactMap(\.self))
        self.leadingSpace = leadingSpace
    }

    public var tokenCount: Int { vocabulary.count }

    public func encode(_ text: String, marks: MarkReading) -> [Int] {
        let bytes = Array(text.utf8)
        var ids: [Int] = []
        var startsAnew = true
        for stretch in vocabulary.stretches(of: bytes, marks: marks) {
            switch stretch {
            case .mark(let id):
                ids.append(id)
                startsAnew = true
            case .text(let range):
                let prefix: [UInt8] = startsAnew && leadingSpace == .added ? Self.spaceMark : []
                merges.encode(prefix + Self.marked(bytes[range]), into: &ids)
                startsAnew = false
            }
        }
        return ids
    }

    /// A space in front, written `▁`, is part of it: in the middle of a text it is one.
    public func bytes(of id: Int) -> [UInt8]? {
        guard let bytes = vocabulary.bytes(of: id) else { return nil }
        return vocabulary.kinds[id] == .normal ? Self.spaced(bytes) : bytes
    }

    /// Takes the spaces away again that `encode` has put in front.
    public func decode(_ ids: [Int]) -> [UInt8] {
        var text: [UInt8] = []
        var startsAnew = leadingSpace == .added
        for id in ids {
            guard let kind = vocabulary.kind(of: id), let bytes = bytes(of: id) else { continue }
            if !vocabulary.isHidden(id) {
                let dropsSpace = startsAnew && kind == .normal && bytes.first == 0x20
                text.append(contentsOf: dropsSpace ? bytes.dropFirst() : bytes[...])
            }
            startsAnew = leadingSpace == .added && vocabulary.isMark(id)
        }
        return text
    }

    /// `text` with `▁` for each space.
    private static func marked(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        for byte in text {
            if byte == 0x20 { result.append(contentsOf: spaceMark) } else { result.append(byte) }
        }
        return result
    }

    /// A token's text with a space for each `▁`.
    private static func spaced(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for byte in text {
            result.append(byte)
            if result.suffix(spaceMark.count) == spaceMark[...] {
                result.removeLast(spaceMark.count)
                result.append(0x20)
            }
        }
        return result
    }

    /// The byte that `<0x0A>` names.
    private static func byte(named name: String) -> UInt8? {
        guard name.utf8.count == 6, name.hasPrefix("<0x"), name.hasSuffix(">") else { return nil }
        return UInt8(name.dropFirst(3).dropLast(), radix: 16)
    }
}
