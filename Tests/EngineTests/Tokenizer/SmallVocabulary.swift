import Engine

/// A byte-level vocabulary small enough to work out by hand: 256 bytes, the results of its merges, and a few marks.
struct SmallVocabulary {
    var tokens: [String]
    var merges: [String]
    var types: [Int]

    /// Ids 0 to 255 are the bytes; then each merge's result, in order; then `marks`, with their token types.
    init(merges: [String], marks: [(text: String, type: Int)] = []) {
        self.merges = merges
        tokens = ByteAlphabet.characters.map { String($0) }
        tokens += merges.map { $0.split(separator: " ", maxSplits: 1).joined() }
        types = Array(repeating: 1, count: tokens.count)
        tokens += marks.map(\.text)
        types += marks.map(\.type)
    }

    func tokenizer(
        controls: [Int] = [], preTokenizer: PreTokenizer = PreTokenizer(splitter: Uncut())
    ) throws -> BytePairTokenizer {
        try BytePairTokenizer(
            tokens: tokens, merges: merges, tokenTypes: types, controls: controls, preTokenizer: preTokenizer)
    }

    /// Merges drawn from few letters, so that they overlap: each joins two texts that are there already.
    static func drawn(count: Int, using draws: inout Draws) -> SmallVocabulary {
        var texts = ["a", "b", "c", "\u{120}"]
        var merges: [String] = []
        while merges.count < count {
            let (left, right) = (draws.element(of: texts), draws.element(of: texts))
            guard !texts.contains(left + right), (left + right).unicodeScalars.count <= 12 else { continue }
            texts.append(left + right)
            merges.append(left + " " + right)
        }
        return SmallVocabulary(merges: merges)
    }
}

/// Leaves a text in one piece, so that merges may meet anywhere.
struct Uncut: StepSplitter {
    func pieceEnd(in row: ScalarRow, from start: Int) -> Int { .max }
}
