/// Cuts as GPT-2 does; the pre-tokenizer `gpt-2`.
///
/// The regex it implements, from the released code of GPT-2; the first alternative that matches counts:
/// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`
package struct GPT2Splitter: StepSplitter {
    package init() {}

    package func pieceEnd(in row: ScalarRow, from start: Int) -> Int {
        if let end = contractionEnd(in: row, from: start) { return end }
        let first = row.scalar(start) == " " ? start + 1 : start
        switch row.scalarClass(first) {
        case .letter: return row.end(of: .letter, from: first)
        case .number: return row.end(of: .number, from: first)
        case .blank, .lineBreak, nil: return row.blankEnd(from: start)
        case .punctuation, .symbol, .mark, .other: return row.signEnd(from: first)
        }
    }

    /// `'s|'t|'re|'ve|'m|'ll|'d`
    private func contractionEnd(in row: ScalarRow, from start: Int) -> Int? {
        guard row.scalar(start) == "'" else { return nil }
        switch (row.scalar(start + 1), row.scalar(start + 2)) {
        case ("s", _), ("t", _), ("m", _), ("d", _): return start + 2
        case ("r", "e"), ("v", "e"), ("l", "l"): return start + 3
        default: return nil
        }
    }
}
