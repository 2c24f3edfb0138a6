/// The tokens of a model: the bytes each stands for, and which of them text can become.
///
/// Only tokens that are text are found by their bytes. So no text, however it is put together, becomes a control token:
/// llama.cpp, which searches all tokens, reads `<s>` as the beginning of a text where `<` and `s>` are tokens.
struct Vocabulary: Sendable {
    let kinds: [TokenKind]
    /// Bytes of all tokens.
    private let texts: TextRow
    /// Text tokens by their bytes; of tokens that say the same, the last.
    private let ids: TextIndex
    /// Marks that are cut out of every text: user-defined tokens.
    private let always: MarkedText
    /// These and control tokens.
    private let withControls: MarkedText

    /// The tokens' bytes and kinds, one for one; `isText` leaves out normal tokens that text cannot become.
    /// Throws `TokenizerRefusal`.
    init(texts: TextRow, kinds: [TokenKind], isText: (Int) -> Bool) throws(TokenizerRefusal) {
        precondition(texts.count == kinds.count, "each token has one kind")
        var ids = TextIndex(count: texts.count)
        var userDefined: [(bytes: ArraySlice<UInt8>, id: Int)] = []
        var controls: [(bytes: ArraySlice<UInt8>, id: Int)] = []
        for (id, kind) in kinds.enumerated() {
            switch kind {
            case .normal: if isText(id), !texts.range(of: id).isEmpty { ids.insert(id, of: texts) }
            case .userDefined: userDefined.append((texts[id], id))
            case .control, .unknown: controls.append((texts[id], id))
            case .unused, .byte: break
            }
        }
        self.texts = texts
        self.ids = ids
        self.kinds = kinds
        always = try MarkedText(marks: userDefined)
        withControls = try MarkedText(marks: userDefined + controls)
    }

    var count: Int { kinds.count }

    /// The text token of these bytes.
    func id(of text: ArraySlice<UInt8>) -> Int32? { ids.find(text, in: texts) }

    /// The kind of a token; nil outside the vocabulary.
    func kind(of id: Int) -> TokenKind? { kinds.indices.contains(id) ? kinds[id] : nil }

    /// Number of bytes of a token that is in the vocabulary.
    func byteCount(of id: Int) -> Int { texts.range(of: id).count }

    /// The bytes of a token; nil outside the vocabulary.
    func bytes(of id: Int) -> [UInt8]? {
        guard kinds.indices.contains(id) else { return nil }
        return kinds[id] == .unused ? [] : Array(texts[id])
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
