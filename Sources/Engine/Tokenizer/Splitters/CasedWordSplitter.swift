/// Cuts words also where small letters are followed by capitals; the pre-tokenizers `gpt-4o` and `tekken`.
///
/// The regex of `gpt-4o`, where C stands for `(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?`, nothing in
/// `tekken`, which has `\p{N}` for `\p{N}{1,3}` too:
/// `[^\r\n\p{L}\p{N}]?U*L+C|[^\r\n\p{L}\p{N}]?U+L*C|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+`
///
/// Their files have marks and all scripts' cases in U and L. As llama.cpp we take U for the letters that are not `a-z`
/// and L for those that are not `A-Z`, so a letter outside ASCII is both.
package struct CasedWordSplitter: StepSplitter {
    /// What of an apostrophe behind a word goes with it.
    enum Contractions: Sendable {
        case joined
        case left
    }

    private let mostDigits: Int
    private let contractions: Contractions

    init(mostDigits: Int, contractions: Contractions) {
        self.mostDigits = mostDigits
        self.contractions = contractions
    }

    package func pieceEnd(in row: ScalarRow, from start: Int) -> Int {
        switch row.scalarClass(start) {
        case .letter: return wordEnd(in: row, from: start)
        case .number: return row.end(of: .number, from: start, most: mostDigits)
        case .lineBreak: break
        default: if row.scalarClass(start + 1) == .letter { return wordEnd(in: row, from: start + 1) }
        }
        let first = row.scalar(start) == " " ? start + 1 : start
        if row.scalarClass(first)?.isSign == true {
            return row.end(from: row.signEnd(from: first)) { $1 == .lineBreak || $0 == "/" }
        }
        return row.lastLineBreakEnd(from: start) ?? row.blankEnd(from: start)
    }

    private func wordEnd(in row: ScalarRow, from start: Int) -> Int {
        let end = letterEnd(in: row, from: start)
        switch contractions {
        case .joined: return row.contractionEnd(from: end) ?? end
        case .left: return end
        }
    }

    /// `U*L+|U+L*` from a letter.
    private func letterEnd(in row: ScalarRow, from start: Int) -> Int {
        let capitalsEnd = row.end(from: start) { $1 == .letter && !Self.isSmall($0) }
        let end = row.end(from: capitalsEnd) { $1 == .letter && !Self.isCapital($0) }
        if end > capitalsEnd { return end }
        // No letter is left for L+: U* gives back up to the last one that is both.
        var last = capitalsEnd
        while last > start {
            if !Self.isCapital(row.scalars[last - 1]) { return last }
            last -= 1
        }
        return capitalsEnd
    }

    private static func isSmall(_ scalar: Unicode.Scalar) -> Bool { ("a"..."z").contains(scalar) }

    private static func isCapital(_ scalar: Unicode.Scalar) -> Bool { ("A"..."Z").contains(scalar) }
}
