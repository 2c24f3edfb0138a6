/// The tokens of a model: the bytes each stands for, and which of them text can become.
///
/// Only tokens that are text are found by their bytes. So no text, however it is put together, becomes a control token:
/// llama.cpp, which searches all tokens, reads `<s>` as the beginning of a text where `<` and `s>` are tokens.
struct Vocabulary: Sendable {
    let kinds: [TokenKind]
    /// Bytes of all tokens, one after the other.
    private let bytes: [UInt8]
    /// Token `i` has the bytes `ends[i - 1]..<ends[i]`, the first from 0.
    private let ends: [Int]
    /// Text tokens by their bytes; of tokens that say the same, the last.
    private let ids: [ArraySlice<UInt8>: Int32]
    /// Marks that are cut out of every text: user-defined tokens.
    private let always: MarkedText
    /// These and control tokens.
    private let withControls: MarkedText

    /// The tokens' bytes and kinds, one for one; `isText` leaves out normal tokens that text cannot become.
    /// Throws `TokenizerRefusal`.
    init(tokens: [[UInt8]], kinds: [TokenKind], isText: (Int) -> Bool) throws(TokenizerRefusal) {
        precondition(tokens.count == kinds.count, "each token has one kind")
        let bytes = Array(tokens.joined())
        var ends: [Int] = []
        var ids: [ArraySlice<UInt8>: Int32] = [:]
        var userDefined: [(bytes: ArraySlice<UInt8>, id: Int)] = []
        var controls: [(bytes: ArraySlice<UInt8>, id: Int)] = []
        ids.reserveCapacity(tokens.count)
        var start = 0
        for (id, token) in tokens.enumerated() {
            let own = bytes[start..<start + token.count]
            start = own.endIndex
            ends.append(start)
            switch kinds[id] {
            case .normal: if isText(id), !own.isEmpty { ids[own] = Int32(id) }
            case .userDefined: userDefined.append((own, id))
            case .control, .unknown: controls.append((own, id))
            case .unused, .byte: break
            }
        }
        self.bytes = bytes
        self.ends = ends
        self.ids = ids
        self.kinds = kinds
        always = try MarkedText(marks: userDefined)
        withControls = try MarkedText(marks: userDefined + controls)
    }

    var count: Int { kinds.count }

    /// The text token of these bytes.
    func id(of text: ArraySlice<UInt8>) -> Int32? { ids[text] }

    /// The kind of a token; nil outside the vocabulary.
    func kind(of id: Int) -> TokenKind? { kinds.indices.contains(id) ? kinds[id] : nil }

    /// Number of bytes of a token that is in the vocabulary.
    func byteCount(of id: Int) -> Int { ends[id] - (id == 0 ? 0 : ends[id - 1]) }

    /// The bytes of a token; nil outside the vocabulary.
    func bytes(of id: Int) -> [UInt8]? {
        guard kinds.indices.contains(id) else { return nil }
        guard kinds[id] != .unused else { return [] }
        return Array(bytes[(id == 0 ? 0 : ends[id - 1])..<ends[id]])
    }

    /// Whether a token is one that is cut out of texts.
    func isMark(_ id: Int) -> Bool {
        switch kind(of: id) {
        case .control, .unknown, .userDefined: true
        case .normal, .unused, .byte, nil: false
        }
    }

    /// Whether a token is left out of decoded text.
    func isHidden(_ id: Int) -> Bool {
        !kinds.indices.contains(id) || kinds[id] == .control || kinds[id] == .unknown
    }

    /// A text in stretches: tokens cut out of it, and what lies between.
    func stretches(of text: [UInt8], marks: MarkReading) -> [MarkedText.Stretch] {
        switch marks {
        case .asText: always.stretches(of: text)
        case .asTokens: withControls.stretches(of: text)
        }
    }
}
