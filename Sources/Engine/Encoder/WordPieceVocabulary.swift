/// The pieces of words that an encoder's tokens stand for, found by their bytes: those that begin a word and those that
/// go on with one, which the vocabulary marks with `##`.
struct WordPieceVocabulary: Sendable {
    /// More than any published vocabulary has.
    static let mostPieces = 1 << 20

    /// Number of tokens.
    let count: Int

    private var beginnings: PieceIndex
    private var continuations: PieceIndex

    /// A vocabulary in which piece `i` is token `i`; of equal ones the last counts.
    init(_ pieces: [String], continuationMark: String) throws(SentenceEncoderRefusal) {
        guard (1...Self.mostPieces).contains(pieces.count) else {
            throw .tokenizer("found \(pieces.count) tokens, expected 1 to \(Self.mostPieces)")
        }
        count = pieces.count
        let mark = Array(continuationMark.utf8)
        beginnings = PieceIndex(count: pieces.count)
        continuations = PieceIndex(count: pieces.count)
        for (token, piece) in pieces.enumerated() {
            let bytes = Array(piece.utf8)
            if !mark.isEmpty, bytes.count > mark.count, bytes.starts(with: mark) {
                continuations.insert(bytes.dropFirst(mark.count), token: Int32(token))
            } else {
                beginnings.insert(bytes[...], token: Int32(token))
            }
        }
    }

    /// The token of a piece that begins a word, or that is a word of its own.
    func beginning(_ piece: ArraySlice<UInt8>) -> Int32? { beginnings.find(piece) }

    /// The token of a piece that goes on with a word; `piece` is without the mark.
    func continuation(_ piece: ArraySlice<UInt8>) -> Int32? { continuations.find(piece) }

    /// No token is longer than this, bytes.
    var longest: Int { max(beginnings.longest, continuations.longest) }

    /// Tokens by the bytes of their pieces.
    private struct PieceIndex: Sendable {
        private var row: TextRow
        private var index: TextIndex
        private var tokens: [Int32] = []
        private(set) var longest = 0

        init(count: Int) {
            row = TextRow(count: count)
            index = TextIndex(count: count)
        }

        mutating func insert(_ piece: ArraySlice<UInt8>, token: Int32) {
            do {
                try row.append { $0.append(contentsOf: piece) }
            } catch {
                preconditionFailure("copying bytes refuses nothing")
            }
            index.insert(row.count - 1, of: row)
            tokens.append(token)
            longest = max(longest, piece.count)
        }

        func find(_ piece: ArraySlice<UInt8>) -> Int32? {
            index.find(piece, in: row).map { tokens[Int($0)] }
        }
    }
}
